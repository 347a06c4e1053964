"""Sums by the hour of what rules look at, read for all of them at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate

from django.db.models import Count, Min, Sum
from django.utils import timezone

from search.insights.metrics.calendar import Hours, day_of
from search.insights.metrics.declared import METRICS, days_waited
from search.insights.metrics.models import Period
from search.insights.metrics.reading import Scope, placed

from .measures import GROUPED, MEASURES, is_grouped
from .models import AlertRule, Condition

HOUR = timedelta(hours=1)
#: An hour is looked at so long after its end: whoever was about to click has done so.
SETTLES = timedelta(minutes=30)
#: Groups looked at where a condition is about any: those with most failed searches.
GROUPS = 200
#: Hours read before those that are needed, so that the first day is a whole one.
_SPARE = 49


def newest() -> datetime:
    """The end of the newest hour that is looked at."""
    return Hours().of(timezone.now() - SETTLES)


@dataclass(frozen=True, slots=True)
class Place:
    """What a rule narrows its figures to; ``kind`` of visitor; "" and 0 do not narrow."""

    kind: str
    locale: str
    channel: str
    category: int
    audience: str

    @classmethod
    def of(cls, rule: AlertRule, measure: str) -> Place:
        """Where ``rule`` looks for ``measure``."""
        return cls(
            MEASURES[measure].kind,
            rule.locale,
            rule.channel,
            rule.category_id or 0,
            rule.audience,
        )


class Series:
    """Running sums of columns; hour 0 begins at the ground's ``start``."""

    def __init__(self, length: int, sums: Mapping[str, list[int]]) -> None:
        self._length = length
        self._upto = {name: [0, *accumulate(values)] for name, values in sums.items()}

    def window(self, end: int, hours: int, back: int = 0) -> dict[str, int]:
        """Sums of the ``hours`` before the beginning of hour ``end``; ``back``: so many periods of
        the same length earlier."""
        return self._between(end - (back + 1) * hours, end - back * hours)

    def _between(self, first: int, last: int) -> dict[str, int]:
        first, last = min(max(first, 0), self._length), min(max(last, 0), self._length)
        return {name: upto[last] - upto[first] for name, upto in self._upto.items()}


class Daily(Series):
    """The same of a category, which is counted by day only: periods of whole days of the site, the
    last one that which ended last. Day 0 is ``first``."""

    def __init__(self, start: datetime, first: date, sums: Mapping[str, list[int]]) -> None:
        super().__init__(len(next(iter(sums.values()))), sums)
        self._start, self._first = start, first

    def window(self, end: int, hours: int, back: int = 0) -> dict[str, int]:
        """Sums of the days that ``hours`` make, before the day in which hour ``end`` begins."""
        last = (day_of(self._start + end * HOUR) - self._first).days
        return self._between(last - (back + 1) * (hours // 24), last - back * (hours // 24))


@dataclass(slots=True)
class Ground:
    """All series that some rules need, for deciding hours ``first`` to ``end``.

    ``metrics`` by place; ``groups`` by measure, place and group. ``waits``: hours that figures
    which depend on later contacts are looked at late.
    """

    start: datetime
    hours: int
    waits: int
    metrics: dict[Place, Series] = field(default_factory=dict)
    groups: dict[tuple[str, Place], dict[int, Series]] = field(default_factory=dict)

    def at(self, moment: datetime) -> int:
        """The number of the hour that begins then."""
        return (moment - self.start) // HOUR

    def moment(self, hour: int) -> datetime:
        """When an hour begins."""
        return self.start + hour * HOUR


def lay(rules: Iterable[AlertRule], first: datetime, end: datetime) -> Ground:
    """Read what these rules need to be decided for the hours that end from ``first`` to ``end``.

    One query for each place that figures are narrowed to, two for groups, however many rules.
    """
    pairs = [(rule, condition) for rule in rules for condition in rule.conditions.all()]
    waits = 24 * days_waited() if any(MEASURES[c.measure].waits for _, c in pairs) else 0
    longest = max((2 * condition.hours for _, condition in pairs), default=0)
    start = first.astimezone(UTC) - (longest + waits + _SPARE) * HOUR
    ground = Ground(start, (end - start) // HOUR, waits)
    columns: defaultdict[Place, set[str]] = defaultdict(set)
    asked: defaultdict[tuple[str, Place], list[Condition]] = defaultdict(list)
    for rule, condition in pairs:
        place = Place.of(rule, condition.measure)
        if is_grouped(condition.measure):
            asked[condition.measure, place].append(condition)
        else:
            columns[place].update(METRICS[condition.measure].columns)
    for place, names in columns.items():
        ground.metrics[place] = _figures(ground, place, sorted(names), end)
    for (measure, place), conditions in asked.items():
        read = _gaps if measure == GROUPED.key else _questions
        one = {condition.group_id for condition in conditions}
        sums = read(ground, place, one, end)
        column = MEASURES[measure].part
        ground.groups[measure, place] = {
            group: Series(ground.hours, {column: values}) for group, values in sums.items()
        }
    return ground


def _figures(ground: Ground, place: Place, columns: list[str], end: datetime) -> Series:
    scope = Scope(
        day_of(ground.start),
        day_of(end),
        place.kind,
        place.locale,
        place.channel,
        place.audience,
        place.category,
    )
    period = Period.DAY if place.category else Period.HOUR
    rows = placed(scope).filter(period=period, start__gte=ground.start, start__lt=end)
    length = scope.length if place.category else ground.hours
    sums = {name: [0] * length for name in columns}
    found = rows.order_by().values_list("start").annotate(**{name: Sum(name) for name in columns})
    for at, *values in found:
        number = (day_of(at) - scope.first).days if place.category else ground.at(at)
        for name, value in zip(columns, values, strict=True):
            sums[name][number] += value
    if place.category:
        return Daily(ground.start, scope.first, sums)
    return Series(length, sums)


def _gaps(
    ground: Ground, place: Place, one: set[int | None], end: datetime
) -> dict[int, list[int]]:
    """Failed intents of gaps by hour: of those in ``one``; None among them: of the most."""
    from search.insights.models import GapEvidence, Reason

    rows = GapEvidence.objects.filter(created__gte=ground.start, created__lt=end).order_by()
    rows = rows.exclude(reason=Reason.ASKED)
    for name in ("locale", "channel", "audience"):
        if value := getattr(place, name):
            rows = rows.filter(**{name: value})
    wanted = {group for group in one if group}
    if None in one:
        most = rows.values("gap").annotate(number=Count("intent_id", distinct=True))
        wanted |= {row["gap"] for row in most.order_by("-number", "gap")[:GROUPS]}
    sums = {gap: [0] * ground.hours for gap in wanted}
    failed = rows.filter(gap__in=wanted).values("gap", "intent_id").annotate(at=Min("created"))
    for gap, at in failed.values_list("gap", "at").iterator():
        sums[gap][ground.at(at)] += 1
    return sums


def _questions(
    ground: Ground, place: Place, one: set[int | None], end: datetime
) -> dict[int, list[int]]:
    """The same of frequent questions: each time that somebody asked."""
    from search.insights.models import Question

    rows = Question.objects.filter(asked__gte=ground.start, asked__lt=end, timed=True).order_by()
    if place.channel:
        rows = rows.filter(channel=place.channel)
    if place.locale:
        rows = rows.filter(text__locale=place.locale)
    wanted = {group for group in one if group}
    if None in one:
        open_ones = rows.filter(text__group__state="open")
        most = open_ones.values("text__group").annotate(number=Count("pk"))
        wanted |= {row["text__group"] for row in most.order_by("-number", "text__group")[:GROUPS]}
    sums = {group: [0] * ground.hours for group in wanted}
    times = rows.filter(text__group__in=wanted).values_list("text__group", "asked")
    for group, at in times.iterator():
        sums[group][ground.at(at)] += 1
    return sums
