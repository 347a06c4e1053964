"""Adds the facts of one day up, and writes the sums in the place of those that were there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.db import models

from . import sketch
from .calendar import Hours, window_of
from .facts import Fact
from .models import (
    ALL,
    ASKED_COLUMNS,
    COLUMNS,
    PLACE,
    READ_COLUMNS,
    Asked,
    Bucket,
    People,
    Period,
    Reading,
)
from .writing import insert, instant

Sums = dict[str, int]
#: Questions of a day, of one language and audience, that are kept by themselves.
KEPT = 200
_READ = ("kind", "entry", "version", "section")
#: Fields in the order in which rows are made.
_BUCKET = ("period", "start", *PLACE, *COLUMNS)
_PEOPLE = ("period", "start", *PLACE[:4], "sketch")
_ASKED_FIELDS = ("period", "start", "kind", "locale", "audience", "key", "text", *ASKED_COLUMNS)
_READING = ("period", "start", *_READ, *READ_COLUMNS)
_ASKED = frozenset(ASKED_COLUMNS)


class Day:
    """The sums of one day while they grow."""

    def __init__(self, day: date) -> None:
        self.window = window_of(day)
        self.facts = 0
        self._hours = Hours()
        #: By hour and place, whatever the category; by place.
        self._hourly: dict[tuple, Sums] = defaultdict(lambda: defaultdict(int))
        self._daily: dict[tuple, Sums] = defaultdict(lambda: defaultdict(int))
        self._people: dict[tuple, set[str]] = defaultdict(set)
        self._questions: dict[tuple, Sums] = defaultdict(lambda: defaultdict(int))
        self._wordings: dict[tuple, Counter[str]] = defaultdict(Counter)
        self._readings: dict[tuple, Sums] = defaultdict(lambda: defaultdict(int))

    def add(self, facts: Iterable[Fact]) -> None:
        """Take in more facts of the day."""
        hour_of = self._hours.of
        for fact in facts:
            place, adds = fact.place, fact.adds
            self.facts += fact.number
            _add(self._hourly[hour_of(fact.at), *place[:-1]], adds)
            _add(self._daily[place], adds)
            if fact.person:
                self._people[place[:-1]].add(fact.person)
            if fact.source == "intents":
                key, text = fact.question
                asked = (fact.kind, fact.locale, fact.audience, key)
                sums = self._questions[asked]
                for name, number in adds.items():
                    if name in _ASKED:
                        sums[name] += number
                self._wordings[asked][text] += 1
            if fact.reading:
                _add(self._readings[fact.kind, *fact.reading], adds)

    def write(self) -> None:
        """Replace what was counted of the day before; within the caller's transaction."""
        start, end = self.window
        for model in (Bucket, People, Asked, Reading):
            old = model.objects.filter(start__gte=start, start__lt=end)  # type: ignore[attr-defined]
            old.filter(period__in=[Period.HOUR, Period.DAY]).delete()
        of_day = Part(Period.DAY, start)
        hours = {hour: Part(Period.HOUR, hour) for hour in {place[0] for place in self._hourly}}
        buckets = _buckets(of_day, self._daily)
        for (hour, *where), sums in self._hourly.items():
            buckets.append(hours[hour].row((*where, ALL), sums, COLUMNS))
        insert(Bucket, _BUCKET, buckets)
        insert(
            People,
            _PEOPLE,
            [
                of_day.row((*place, sketch.pack(map(sketch.hash_of, people))))
                for place, people in self._people.items()
            ],
        )
        insert(Asked, _ASKED_FIELDS, _asked(of_day, self._questions, KEPT, self._wording))
        insert(
            Reading,
            _READING,
            [of_day.row(place, sums, READ_COLUMNS) for place, sums in self._readings.items()],
        )

    def _wording(self, asked: tuple) -> str:
        """The commonest; of as common ones the first by the alphabet."""
        wordings = self._wordings[asked]
        return min(wordings, key=lambda text: (-wordings[text], text), default="")


class Part:
    """A period that begins at an instant; makes rows of what was summed in it."""

    def __init__(self, period: Period, start: datetime) -> None:
        self._begins = (str(period), instant(start))

    def row(self, values: tuple, sums: Sums | None = None, columns: Sequence[str] = ()) -> tuple:
        """Period, start, ``values``, and the sum of each of ``columns``."""
        get = (sums or {}).get
        return (*self._begins, *values, *[get(name, 0) for name in columns])


def _buckets(part: Part, sums: dict[tuple, Sums]) -> list[tuple]:
    """Rows of each place, and of all categories together."""
    together: dict[tuple, Sums] = defaultdict(lambda: defaultdict(int))
    for place, adds in sums.items():
        _add(together[*place[:-1], ALL], adds)
    return [
        part.row(place, adds, COLUMNS) for kept in (sums, together) for place, adds in kept.items()
    ]


def _asked(
    part: Part, sums: dict[tuple, Sums], kept: int, wording: Callable[[tuple], str]
) -> list[tuple]:
    return [
        part.row((*place, key, wording((*place, key)) if key else ""), row, ASKED_COLUMNS)
        for place, rows in most_asked(sums, kept).items()
        for key, row in rows.items()
    ]


def most_asked(sums: dict[tuple, Sums], kept: int) -> dict[tuple, dict[str, Sums]]:
    """By (kind, locale, audience): the ``kept`` most asked keys, and under "" all the others."""
    groups: dict[tuple, list[tuple[str, Sums]]] = defaultdict(list)
    for (*where, key), row in sums.items():
        groups[tuple(where)].append((key, row))
    parted: dict[tuple, dict[str, Sums]] = {}
    for place, rows in groups.items():
        rows.sort(key=lambda pair: (not pair[0], -pair[1]["intents"], pair[0]))
        mine = {key: row for key, row in rows[:kept] if key}
        for _, row in rows[len(mine) :]:
            _add(mine.setdefault("", defaultdict(int)), row)
        parted[place] = mine
    return parted


def _add(to: Sums, adds: Sums) -> None:
    for name, number in adds.items():
        to[name] += number


def add_month(start: datetime, end: datetime) -> None:
    """Write the month from ``start`` to ``end`` as the sum of its days; in a transaction."""
    for model in (Bucket, People, Asked, Reading):
        rows = model.objects.filter(start__gte=start, start__lt=end)  # type: ignore[attr-defined]
        rows.filter(period=Period.MONTH).delete()
    of_month = Part(Period.MONTH, start)
    days = {"period": Period.DAY, "start__gte": start, "start__lt": end}
    for model, names, place, columns in (
        (Bucket, _BUCKET, PLACE, COLUMNS),
        (Reading, _READING, _READ, READ_COLUMNS),
    ):
        found = _summed(model, days, place, columns)
        insert(model, names, (of_month.row(row) for row in found))
    insert(People, _PEOPLE, _people_of_month(of_month, days))
    insert(Asked, _ASKED_FIELDS, _questions_of_month(of_month, days))


def _summed(
    model: type[models.Model],
    days: dict[str, Any],
    place: Sequence[str],
    columns: Sequence[str],
    **more: models.Aggregate,
) -> Iterator[tuple]:
    """Rows of these days by place: ``place``, the sum of each of ``columns``, ``more``."""
    # Under names of their own: a sum that is called as its field is taken for it from then on.
    sums = {f"sum_{name}": models.Sum(name) for name in columns} | more
    rows = model.objects.filter(**days).order_by()  # type: ignore[attr-defined]
    return rows.values(*place).annotate(**sums).values_list(*place, *sums).iterator()


def _people_of_month(of_month: Part, days: dict[str, Any]) -> Iterator[tuple]:
    sketches: dict[tuple, list[bytes]] = defaultdict(list)
    for *where, kept in People.objects.filter(**days).values_list(*PLACE[:4], "sketch"):
        sketches[tuple(where)].append(kept)
    for place, parts in sketches.items():
        yield of_month.row((*place, sketch.pack(sketch.merge(parts))))


def _questions_of_month(of_month: Part, days: dict[str, Any]) -> list[tuple]:
    """Four times as many as of a day, for what is asked differs from day to day."""
    sums: dict[tuple, Sums] = {}
    said: dict[tuple, str] = {}
    where = ("kind", "locale", "audience", "key")
    for row in _summed(Asked, days, where, ASKED_COLUMNS, said=models.Max("text")):
        asked = row[: len(where)]
        sums[asked] = dict(zip(ASKED_COLUMNS, row[len(where) : -1], strict=True))
        said[asked] = row[-1]
    return _asked(of_month, sums, 4 * KEPT, said.__getitem__)
