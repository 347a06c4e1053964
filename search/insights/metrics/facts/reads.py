"""Reads and votes, each in its own hour, under the entry's category and audience."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet

from search.insights.metrics.calendar import Window
from search.journeys.models import Event, Vote

from .fact import COUNTED, Fact, within
from .places import Places
from .stored import Quarter, beginning


class _Row(NamedTuple):
    created: datetime
    kind: str
    locale: str
    channel: str
    entry: int
    version: int | None
    section: str


_FIELDS = ("created", "kind", "locale", "channel", "object_id", "object_version", "section")


def reads(windows: Sequence[Window], places: Places) -> Iterator[Fact]:
    """Entries that were opened; the same person within half an hour reads on."""
    rows = Event.objects.filter(within("created", windows), action_name="read")
    found = [_Row(*values) for values in _counted(rows).values_list(*_FIELDS)]
    places.learn(row.entry for row in found)
    for row in found:
        yield _fact("reads", row, {"reads": 1}, places)


def votes(windows: Sequence[Window], places: Places) -> Iterator[Fact]:
    """The last word of each person on each version and section."""
    rows = _counted(Vote.objects.filter(within("created", windows)))
    names = ("created", "kind", "locale", "object_id", "object_version", "section")
    found = list(rows.values_list(*names, "helpful", "reason"))
    places.learn(values[3] for values in found)
    for created, kind, locale, entry, version, section, helpful, reason in found:
        row = _Row(created, kind, locale, "site", entry, version, section)
        adds = {"votes": 1, "helpful": 1} if helpful else {"votes": 1}
        yield _fact("votes", row, adds, places, helpful=helpful, reason=reason)


def tallied_reads(windows: Sequence[Window], places: Places) -> Iterator[Fact]:
    """What :func:`reads` yields; those that are alike, of a quarter of an hour, as one fact."""
    rows = _counted(Event.objects.filter(within("created", windows), action_name="read"))
    found = Counter(rows.order_by().values_list(Quarter("created"), *_FIELDS[1:]).iterator())
    places.learn(values[4] for values in found)
    for (quarter, *values), number in found.items():
        row = _Row(beginning(quarter), *values)
        yield _fact("reads", row, {"reads": number}, places, number)


def tallied_votes(windows: Sequence[Window], places: Places) -> Iterator[Fact]:
    """What :func:`votes` yields; those that are alike, of a quarter of an hour, as one fact."""
    rows = _counted(Vote.objects.filter(within("created", windows)))
    names = ("kind", "locale", "object_id", "object_version", "section", "helpful")
    found = Counter(rows.order_by().values_list(Quarter("created"), *names).iterator())
    places.learn(values[3] for values in found)
    for (quarter, kind, locale, *read, helpful), number in found.items():
        row = _Row(beginning(quarter), kind, locale, "site", *read)
        adds = {"votes": number, "helpful": number} if helpful else {"votes": number}
        yield _fact("votes", row, adds, places, number)


def _counted(rows: QuerySet) -> QuerySet:
    return rows.filter(kind__in=COUNTED, object_id__isnull=False)


def _fact(
    source: str,
    row: _Row,
    adds: dict[str, int],
    places: Places,
    number: int = 1,
    **shown: Any,
) -> Fact:
    return Fact(
        source=source,
        at=row.created,
        kind=row.kind,
        locale=row.locale,
        channel=row.channel,
        audience=places.audience(row.entry),
        category=places.category(row.entry),
        adds=adds,
        number=number,
        reading=(row.entry, row.version or 0, row.section),
        shown={"entry": row.entry, **shown},
    )
