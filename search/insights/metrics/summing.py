"""Adds the facts of one day up, and writes the sums in the place of those that were there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime

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

Sums = dict[str, int]
#: Questions of a day, of one language and audience, that are kept by themselves.
KEPT = 200
_BATCH = 500


class Day:
    """The sums of one day while they grow."""

    def __init__(self, day: date) -> None:
        self.window = window_of(day)
        self.facts = 0
        self._hours = Hours()
        #: By hour and place.
        self._sums: dict[tuple, Sums] = defaultdict(lambda: defaultdict(int))
        self._people: dict[tuple, set[int]] = defaultdict(set)
        self._questions: dict[tuple, Sums] = defaultdict(lambda: defaultdict(int))
        self._wordings: dict[tuple, Counter[str]] = defaultdict(Counter)
        self._readings: dict[tuple, Sums] = defaultdict(lambda: defaultdict(int))

    def add(self, facts: Iterable[Fact]) -> None:
        """Take in more facts of the day."""
        hour_of = self._hours.of
        for fact in facts:
            self.facts += 1
            _add(self._sums[hour_of(fact.at), *fact.place], fact.adds)
            if fact.person:
                self._people[fact.place[:4]].add(sketch.hash_of(fact.person))
            if fact.source == "intents":
                key, text = fact.question
                asked = (fact.kind, fact.locale, fact.audience, key)
                _add(self._questions[asked], fact.adds, ASKED_COLUMNS)
                self._wordings[asked][text] += 1
            if fact.reading:
                _add(self._readings[fact.kind, *fact.reading], fact.adds)

    def write(self) -> None:
        """Replace what was counted of the day before; within the caller's transaction."""
        start, end = self.window
        for model in (Bucket, People, Asked, Reading):
            old = model.objects.filter(start__gte=start, start__lt=end)  # type: ignore[attr-defined]
            old.filter(period__in=[Period.HOUR, Period.DAY]).delete()
        _save(Bucket, self._hour_buckets())
        _save(Bucket, self._day_buckets(start))
        _save(People, self._sketches(start))
        _save(Asked, self._asked(start))
        _save(Reading, self._read(start))

    def _hour_buckets(self) -> Iterable[Bucket]:
        hourly: dict[tuple, Sums] = defaultdict(lambda: defaultdict(int))
        for place, sums in self._sums.items():
            _add(hourly[*place[:-1], ALL], sums)
        for (hour, *where), sums in hourly.items():
            yield Bucket(period=Period.HOUR, start=hour, **_named(tuple(where)), **sums)

    def _day_buckets(self, start: datetime) -> Iterable[Bucket]:
        daily: dict[tuple, Sums] = defaultdict(lambda: defaultdict(int))
        for (_, *where), sums in self._sums.items():
            _add(daily[tuple(where)], sums)
            _add(daily[*where[:-1], ALL], sums)
        for place, sums in daily.items():
            yield Bucket(period=Period.DAY, start=start, **_named(place), **sums)

    def _sketches(self, start: datetime) -> Iterable[People]:
        for place, hashes in self._people.items():
            yield People(
                period=Period.DAY, start=start, sketch=sketch.pack(hashes), **_named(place)
            )

    def _asked(self, start: datetime) -> Iterable[Asked]:
        for place, rows in most_asked(self._questions, KEPT).items():
            kind, locale, audience = place
            for key, sums in rows.items():
                wordings = self._wordings[*place, key] if key else {}
                text = min(wordings, key=lambda t: (-wordings[t], t), default="")
                yield Asked(
                    period=Period.DAY,
                    start=start,
                    kind=kind,
                    locale=locale,
                    audience=audience,
                    key=key,
                    text=text,
                    **sums,
                )

    def _read(self, start: datetime) -> Iterable[Reading]:
        for (kind, entry, version, section), sums in self._readings.items():
            yield Reading(
                period=Period.DAY,
                start=start,
                kind=kind,
                entry=entry,
                version=version,
                section=section,
                **sums,
            )


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


def _add(to: Sums, adds: Sums, names: tuple[str, ...] = ()) -> None:
    for name, number in adds.items():
        if not names or name in names:
            to[name] += number


def _named(place: tuple) -> dict[str, str | int]:
    return dict(zip(PLACE, place, strict=False))


def _save(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    model.objects.bulk_create(rows, batch_size=_BATCH)  # type: ignore[attr-defined]


def add_month(start: datetime, end: datetime) -> None:
    """Write the month from ``start`` to ``end`` as the sum of its days; in a transaction."""
    for model in (Bucket, People, Asked, Reading):
        rows = model.objects.filter(start__gte=start, start__lt=end)  # type: ignore[attr-defined]
        rows.filter(period=Period.MONTH).delete()
    of_month = {"period": Period.MONTH, "start": start}
    days = {"period": Period.DAY, "start__gte": start, "start__lt": end}
    sums = {name: models.Sum(name) for name in COLUMNS}
    _save(
        Bucket,
        (
            Bucket(**of_month, **row)
            for row in Bucket.objects.filter(**days).values(*PLACE).annotate(**sums)
        ),
    )
    reading = ("kind", "entry", "version", "section")
    sums = {name: models.Sum(name) for name in READ_COLUMNS}
    _save(
        Reading,
        (
            Reading(**of_month, **row)
            for row in Reading.objects.filter(**days).values(*reading).annotate(**sums)
        ),
    )
    _save(People, _people_of_month(of_month, days))
    _save(Asked, _questions_of_month(of_month, days))


def _people_of_month(of_month: dict, days: dict) -> Iterable[People]:
    sketches: dict[tuple, list[bytes]] = defaultdict(list)
    for *where, kept in People.objects.filter(**days).values_list(*PLACE[:4], "sketch"):
        sketches[tuple(where)].append(kept)
    for place, parts in sketches.items():
        yield People(**of_month, **_named(place), sketch=sketch.pack(sketch.merge(parts)))


def _questions_of_month(of_month: dict, days: dict) -> Iterable[Asked]:
    """Four times as many as of a day, for what is asked differs from day to day."""
    names = ("kind", "locale", "audience", "key")
    sums = {name: models.Sum(name) for name in ASKED_COLUMNS}
    rows = Asked.objects.filter(**days).values(*names).annotate(**sums, said=models.Max("text"))
    found = {tuple(row.pop(name) for name in names): row for row in rows}
    said = {place: row.pop("said") for place, row in found.items()}
    for place, asked in most_asked(found, 4 * KEPT).items():
        kind, locale, audience = place
        for key, row in asked.items():
            text = said.get((*place, key), "") if key else ""
            yield Asked(
                **of_month,
                kind=kind,
                locale=locale,
                audience=audience,
                key=key,
                text=text,
                **row,
            )
