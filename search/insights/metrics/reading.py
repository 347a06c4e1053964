"""Reads sums back: of a range of days, by point of time, with the range before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet, Sum

from content.models import Category

from . import sketch
from .calendar import day_of, month_of, next_month, start_of
from .models import ALL, Asked, Bucket, People, Period, Reading

Sums = dict[str, int]
#: Ranges up to so many days are read and drawn by the hour, by the day.
BY_HOUR, BY_DAY = 2, 92


@dataclass(frozen=True, slots=True)
class Scope:
    """Which sums: days from ``first`` to ``last``, one kind of visitor; "" and 0 do not narrow."""

    first: date
    last: date
    kind: str = "customer"
    locale: str = ""
    channel: str = ""
    audience: str = ""
    #: Primary key of a category, which has with it all below.
    category: int = 0

    @property
    def length(self) -> int:
        """Days, both ends included."""
        return (self.last - self.first).days + 1

    @property
    def before(self) -> Scope:
        """As many days before the first one."""
        length = timedelta(days=self.length)
        return replace(self, first=self.first - length, last=self.last - length)

    @property
    def period(self) -> Period:
        """How long its points of time are. Categories have no hours."""
        if self.length <= BY_HOUR and not self.category:
            return Period.HOUR
        return Period.DAY if self.length <= BY_DAY else Period.MONTH


def pieces(scope: Scope, hours: bool = True) -> Q:
    """The sums that cover the range once, each within one of its points of time.

    Hours, or days, or whole months and the days around them; without ``hours`` days at least.
    """
    start, end = start_of(scope.first), start_of(scope.last + timedelta(days=1))
    if scope.period is Period.MONTH:
        return few_pieces(scope)
    period = Period.HOUR if scope.period is Period.HOUR and hours else Period.DAY
    return Q(period=period, start__gte=start, start__lt=end)


def few_pieces(scope: Scope) -> Q:
    """As few sums as cover the range once: whole months, and the days around them."""
    start, end = start_of(scope.first), start_of(scope.last + timedelta(days=1))
    first, last = _whole_months(scope)
    if first >= last:
        return Q(period=Period.DAY, start__gte=start, start__lt=end)
    return (
        Q(period=Period.MONTH, start__gte=first, start__lt=last)
        | Q(period=Period.DAY, start__gte=start, start__lt=first)
        | Q(period=Period.DAY, start__gte=last, start__lt=end)
    )


def _whole_months(scope: Scope) -> tuple[datetime, datetime]:
    first, last = month_of(scope.first), month_of(scope.last + timedelta(days=1))
    return start_of(first if first == scope.first else next_month(first)), start_of(last)


def narrowed(rows: QuerySet, scope: Scope) -> QuerySet:
    """Only what the scope asks for, but for the category."""
    for name in ("kind", "locale", "channel", "audience"):
        if value := getattr(scope, name):
            rows = rows.filter(**{name: value})
    return rows


def placed(scope: Scope) -> QuerySet[Bucket]:
    """The buckets of a scope: of all categories together, or of one and all below."""
    wanted = below(scope.category) if scope.category else [ALL]
    return narrowed(Bucket.objects.filter(category__in=wanted), scope)


def below(category: int) -> list[int]:
    """A category and all below it."""
    page = Category.objects.filter(pk=category).only("path").first()
    if page is None:
        return [category]
    return list(Category.objects.filter(path__startswith=page.path).values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class Read:
    """Sums of a range, of the one before, and of the range's points of time in order."""

    now: Sums
    before: Sums
    points: list[tuple[datetime, Sums]]


def read(scope: Scope, columns: Sequence[str]) -> Read:
    """Both ranges in one query."""
    return _read(placed(scope), scope, columns)


def read_question(scope: Scope, key: str, columns: Sequence[str]) -> Read:
    """The same of one question; ``columns`` are among ``models.ASKED_COLUMNS``."""
    return _read(_where(Asked.objects.filter(key=key), scope), scope, columns, hours=False)


def read_entry(scope: Scope, entry: int, columns: Sequence[str]) -> Read:
    """The same of one entry; ``columns`` are among ``models.READ_COLUMNS``."""
    rows = Reading.objects.filter(entry=entry, kind=scope.kind)
    return _read(rows, scope, columns, hours=False)


def _where(rows: QuerySet, scope: Scope) -> QuerySet:
    named = {name: getattr(scope, name) for name in ("kind", "locale", "audience")}
    return rows.filter(**{name: value for name, value in named.items() if value})


def _read(rows: QuerySet, scope: Scope, columns: Sequence[str], hours: bool = True) -> Read:
    rows = rows.filter(pieces(scope, hours) | pieces(scope.before, hours))
    found = rows.order_by().values("start").annotate(**{name: Sum(name) for name in columns})
    start = start_of(scope.first)
    now, before = dict.fromkeys(columns, 0), dict.fromkeys(columns, 0)
    points = {at: dict.fromkeys(columns, 0) for at in points_of(scope, hours)}
    for row in found:
        at = row.pop("start")
        _add(now if at >= start else before, row)
        if at >= start:
            _add(points.setdefault(_point(at, scope), dict.fromkeys(columns, 0)), row)
    return Read(now, before, sorted(points.items()))


def by_week(found: Read) -> Read:
    """The same with weeks, from Monday on, as its points of time."""
    weeks: dict[datetime, Sums] = {}
    for at, sums in found.points:
        day = day_of(at)
        monday = start_of(day - timedelta(days=day.weekday()))
        _add(weeks.setdefault(monday, dict.fromkeys(sums, 0)), sums)
    return Read(found.now, found.before, sorted(weeks.items()))


def points_of(scope: Scope, hours: bool = True) -> Iterator[datetime]:
    """The points of time of a range, whether anything happened in them or not."""
    at, end = start_of(scope.first), start_of(scope.last + timedelta(days=1))
    while at < end:
        yield at
        if scope.period is Period.HOUR and hours:
            at += timedelta(hours=1)
        elif scope.period is Period.MONTH:
            at = start_of(next_month(month_of(day_of(at))))
        else:
            at = start_of(day_of(at) + timedelta(days=1))


def _point(at: datetime, scope: Scope) -> datetime:
    if scope.period is not Period.MONTH:
        return at
    return max(start_of(month_of(day_of(at))), start_of(scope.first))


def _add(to: Sums, adds: Sums) -> None:
    for name, number in adds.items():
        to[name] += number


@dataclass(frozen=True, slots=True)
class Counted:
    """A number of people, and whether it is counted or estimated."""

    number: int
    exact: bool


def people(scope: Scope) -> Counted | None:
    """How many people had an intent; None by category, by which they are not kept."""
    if scope.category:
        return None
    rows = narrowed(People.objects.filter(few_pieces(scope)), scope)
    kept = sketch.merge(rows.values_list("sketch", flat=True))
    return Counted(sketch.count(kept), sketch.exact(kept))
