"""Searches: keystrokes merged into the search they became, attempts chained into intents."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db.models import Max

from search.journeys import changes, merging
from search.journeys.models import Search
from search.journeys.records import SearchRecord
from search.journeys.redaction import redact
from search.text import group_key

from .inserting import insert

#: Control characters are no part of a question, and spoil the files that it is exported to.
_CONTROL = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0)), " ")


def write_searches(records: list[SearchRecord]) -> list[Search]:
    """Write ``records`` (oldest first); returns the rows they became."""
    last = last_searches({r.journey.client_id for r in records}, records[0].at, records[-1].at)
    new: dict[int, Search] = {}
    changed: dict[int, Search] = {}
    for record in records:
        previous = last.get(record.journey.client_id)
        row = _place(record, previous)
        if row is None:
            continue
        last[record.journey.client_id] = row
        (new if row.pk is None else changed)[id(row)] = row
    insert(list(new.values()))
    # As one statement; an update of so many rows, each by its own values, takes ten times as long.
    Search.objects.bulk_create(
        changed.values(), update_conflicts=True, unique_fields=["id"], update_fields=_MERGED
    )
    rows = [*new.values(), *changed.values()]
    changes.note(row.created for row in rows)
    return rows


#: What a later keystroke changes.
_MERGED = [
    *("query_id", "query", "key", "locale", "channel", "audience", "total", "answered", "hits"),
    *("rescue", "duration_ms", "updated", "settled", "kind", "intent_id"),
]


def last_searches(clients: set[str], first: datetime, until: datetime) -> dict[str, Search]:
    """The latest search of each client near the batch; a busy one has hundreds of older ones."""
    near = Search.objects.filter(
        client_id__in=clients,
        updated__gte=first - merging.SAME_WORDS,
        updated__lte=until + merging.SAME_WORDS,
    )
    newest = dict(
        near.order_by()
        .values("client_id")
        .annotate(at=Max("updated"))
        .values_list("client_id", "at")
    )
    latest = near.filter(updated__in=set(newest.values())).order_by("pk")
    return {s.client_id: s for s in latest if s.updated == newest[s.client_id]}


def _place(record: SearchRecord, previous: Search | None) -> Search | None:
    """The row that ``record`` becomes: ``previous`` itself, a new one, or none at all."""
    query = redact(record.query.translate(_CONTROL).strip())[:500]
    at, channel, typing = record.at, record.channel, record.prefix
    if previous and merging.continues(previous, query, channel, typing, at):
        if typing and at < previous.updated:
            return None
        return _fill(previous, record, query)
    if previous and merging.repeats(previous, query, channel, typing, at):
        return None
    row = _fill(_new(record), record, query)
    if previous and previous.updated <= at and merging.same_intent(previous, row.key, at):
        row.intent_id = previous.intent_id
    return row


def _new(record: SearchRecord) -> Search:
    # Where all values are given Django asks no field for its default, which takes longest.
    row = Search(*[None] * len(Search._meta.concrete_fields))
    row.created, row.client_id = record.at, record.journey.client_id
    row.intent_id, row.clicks = uuid.uuid4(), 0
    return row


def _fill(row: Search, record: SearchRecord, query: str) -> Search:
    row.query_id = uuid.UUID(str(record.query_id))
    row.kind = kind_of(record.journey.kind, record.channel)
    row.query, row.key = query, group_key(query)[:500]
    row.locale, row.channel, row.audience = record.locale, record.channel, str(record.audience)
    row.total, row.answered, row.rescue = record.total, record.answered, record.rescue
    row.hits = [[entry, rank] for entry, rank in record.hits]
    row.duration_ms = round(record.duration_ms, 2)
    row.updated, row.settled = record.at, not record.prefix
    return row


def kind_of(kind: str, channel: str) -> str:
    """Whoever works at the desk is an agent there, whatever else they may do."""
    return "agent" if channel == "desk" and kind == "staff" else kind
