"""Writes batches of records: redacts, merges keystrokes, chains intents, then announces."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import F
from django.utils import timezone

from search.text import group_key

from . import merging, signals
from .models import Event, Search, Vote
from .records import EventRecord, SearchRecord
from .redaction import redact

_SUCCESS = {"click", "copy", "used_solved"}
_ONCE = {"click"}


@dataclass(slots=True)
class Written:
    """What a batch became: complete searches, flags, and whether somebody is still typing."""

    searches: list[Search] = field(default_factory=list)
    flags: list[Event] = field(default_factory=list)
    typing: bool = False


def write(batch: Iterable[SearchRecord | EventRecord]) -> Written:
    """Write ``batch`` within the caller's transaction."""
    written = Written()
    records = list(batch)
    searches = [r for r in records if isinstance(r, SearchRecord)]
    if searches:
        _write_searches(sorted(searches, key=lambda r: r.at), written)
    events = [r for r in records if isinstance(r, EventRecord)]
    if events:
        _write_events(events, written)
    return written


def announce(written: Written) -> None:
    """Tell the other rooms, after the batch is committed."""
    if ids := [search.pk for search in written.searches]:
        signals.searches_recorded.send_robust(sender=Search, ids=ids)
    for event in written.flags:
        signals.not_found_flagged.send_robust(sender=Event, event=event)


def settle(older: timedelta = merging.TYPING) -> int:
    """Complete the searches whose typing stopped ``older`` ago; returns how many."""
    due = Search.objects.filter(settled=False, updated__lte=timezone.now() - older)
    ids = list(due.values_list("pk", flat=True))
    if ids:
        Search.objects.filter(pk__in=ids).update(settled=True)
        signals.searches_recorded.send_robust(sender=Search, ids=ids)
    return len(ids)


def _write_searches(records: list[SearchRecord], written: Written) -> None:
    last = _last_searches({r.journey.client_id for r in records}, records[0].at, records[-1].at)
    new: dict[int, Search] = {}
    changed: dict[int, Search] = {}
    for record in records:
        previous = last.get(record.journey.client_id)
        row = _place(record, previous)
        if row is None:
            continue
        last[record.journey.client_id] = row
        (new if row.pk is None else changed)[id(row)] = row
    Search.objects.bulk_create(new.values())
    Search.objects.bulk_update(changed.values(), _MERGED)
    for row in [*new.values(), *changed.values()]:
        if row.settled:
            written.searches.append(row)
        else:
            written.typing = True


#: What a later keystroke changes.
_MERGED = [
    *("query_id", "query", "key", "locale", "channel", "audience", "total", "answered", "hits"),
    *("rescue", "duration_ms", "updated", "settled", "kind", "intent_id"),
]


def _last_searches(clients: set[str], first: datetime, until: datetime) -> dict[str, Search]:
    """The latest search of each client near the batch."""
    near = Search.objects.filter(
        client_id__in=clients,
        updated__gte=first - merging.SAME_WORDS,
        updated__lte=until + merging.SAME_WORDS,
    )
    return {search.client_id: search for search in near.order_by("updated", "pk")}


def _place(record: SearchRecord, previous: Search | None) -> Search | None:
    """The row that ``record`` becomes: ``previous`` itself, a new one, or none at all."""
    query = redact(record.query.strip())[:500]
    at, channel, typing = record.at, record.channel, record.prefix
    if previous and merging.continues(previous, query, channel, typing, at):
        if typing and at < previous.updated:
            return None
        return _fill(previous, record, query)
    if previous and merging.repeats(previous, query, channel, typing, at):
        return None
    row = _fill(Search(created=at, client_id=record.journey.client_id), record, query)
    if previous and previous.updated <= at and merging.same_intent(previous, row.key, at):
        row.intent_id = previous.intent_id
    return row


def _fill(row: Search, record: SearchRecord, query: str) -> Search:
    row.query_id = uuid.UUID(str(record.query_id))
    row.kind = _kind(record.journey.kind, record.channel)
    row.query, row.key = query, group_key(query)[:500]
    row.locale, row.channel, row.audience = record.locale, record.channel, str(record.audience)
    row.total, row.answered, row.rescue = record.total, record.answered, record.rescue
    row.hits = [[entry, rank] for entry, rank in record.hits]
    row.duration_ms = round(record.duration_ms, 2)
    row.updated, row.settled = record.at, not record.prefix
    return row


def _kind(kind: str, channel: str) -> str:
    """Whoever works at the desk is an agent there, whatever else they may do."""
    return "agent" if channel == "desk" and kind == "staff" else kind


def _write_events(records: list[EventRecord], written: Written) -> None:
    query_ids = {query_id for r in records if (query_id := _uuid(r.query_id))}
    seen = set(
        Event.objects.filter(query_id__in=query_ids, action_name__in=_ONCE).values_list(
            "query_id", "object_id", "action_name"
        )
    )
    events: list[Event] = []
    clicks: defaultdict[uuid.UUID, int] = defaultdict(int)
    absorbed = _absorbed(records, query_ids)
    for record in records:
        event = _event(record)
        event.query_id = absorbed.get(event.query_id, event.query_id)
        once = (event.query_id, event.object_id, event.action_name)
        if event.action_name in _ONCE and event.query_id and once in seen:
            continue
        seen.add(once)
        events.append(event)
        if event.action_name in _SUCCESS and event.query_id:
            clicks[event.query_id] += 1
        if record.action == "vote":
            _keep_vote(record, event)
    Event.objects.bulk_create(events)
    for query_id, number in clicks.items():
        Search.objects.filter(query_id=query_id).update(clicks=F("clicks") + number)
    written.flags += [e for e in events if e.action_name == "not_found"]


def _absorbed(
    records: list[EventRecord], query_ids: set[uuid.UUID]
) -> dict[uuid.UUID | None, uuid.UUID]:
    """For ids of keystrokes that a later one has absorbed: the id of the search they became."""
    known = Search.objects.filter(query_id__in=query_ids).values_list("query_id", flat=True)
    unknown = query_ids - set(known)
    lost = [r for r in records if _uuid(r.query_id) in unknown and r.journey.client_id]
    if not lost:
        return {}
    times = [r.at for r in lost]
    last = _last_searches({r.journey.client_id for r in lost}, min(times), max(times))
    return {
        _uuid(r.query_id): search.query_id
        for r in lost
        if (search := last.get(r.journey.client_id))
        and abs(r.at - search.updated) <= merging.SUBMITTING
    }


def _event(record: EventRecord) -> Event:
    journey = record.journey
    return Event(
        action_name=record.action,
        query_id=_uuid(record.query_id),
        client_id=journey.client_id,
        kind=_kind(journey.kind, record.channel),
        object_id=record.object_id,
        object_version=record.version,
        position_ordinal=record.position,
        section=record.section[:200],
        locale=record.locale,
        channel=record.channel,
        created=record.at,
    )


def _keep_vote(record: EventRecord, event: Event) -> None:
    """One vote a person, version and section: the last one said."""
    values = {
        "kind": event.kind,
        "helpful": bool(record.helpful),
        "reason": record.reason[:40],
        "comment": redact(record.comment)[:2000],
        "query_id": event.query_id,
        "locale": event.locale,
        "created": event.created,
    }
    about = {
        "object_id": event.object_id,
        "object_version": event.object_version,
        "section": event.section,
        "client_id": event.client_id,
    }
    if event.client_id and Vote.objects.filter(**about).update(**values):
        return
    Vote.objects.create(**about, **values)


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(str(text)) if text else None
    except ValueError:
        return None
