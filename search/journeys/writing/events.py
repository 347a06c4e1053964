"""Events: clicks joined to their searches, reads counted once, what is said again replaced."""

from __future__ import annotations

import uuid
from collections import Counter
from datetime import datetime, timedelta

from django.db.models import F

from search.journeys import changes, merging
from search.journeys.models import Event, Search, Vote
from search.journeys.records import EventRecord
from search.journeys.redaction import redact

from . import verdicts
from .searches import kind_of, last_searches

_SUCCESS = {"click", "copy", "used_solved"}
_ONCE = {"click"}
#: The same person opening the same entry again within this time reads on.
SAME_READING = timedelta(minutes=30)


def write_events(records: list[EventRecord]) -> list[Event]:
    """Write ``records``; returns the events, without repeated clicks and reads."""
    query_ids = {query_id for r in records if (query_id := _uuid(r.query_id))}
    seen = set(
        Event.objects.filter(query_id__in=query_ids, action_name__in=_ONCE).values_list(
            "query_id", "object_id", "action_name"
        )
    )
    events: list[Event] = []
    absorbed = _absorbed(records, query_ids)
    reading = _reading(records)
    for record in records:
        event = _event(record)
        event.query_id = absorbed.get(event.query_id, event.query_id)
        once = (event.query_id, event.object_id, event.action_name)
        if event.action_name in _ONCE and event.query_id and once in seen:
            continue
        seen.add(once)
        if _reads_on(event, reading):
            continue
        events.append(event)
        if record.action == "vote":
            _keep_vote(record, event)
    events = verdicts.latest(events)
    clicks = Counter(e.query_id for e in events if e.query_id and e.action_name in _SUCCESS)
    clicks.subtract(verdicts.withdraw(events))
    Event.objects.bulk_create(events)
    changes.note(event.created for event in events)
    for query_id, number in clicks.items():
        known = Search.objects.filter(query_id=query_id, clicks__gte=-number)
        known.update(clicks=F("clicks") + number)
    return events


def _reading(records: list[EventRecord]) -> dict[tuple[str, int | None], datetime]:
    """When each of these clients last began to read each of these entries."""
    reads = [r for r in records if r.action == "read" and r.journey.client_id]
    if not reads:
        return {}
    earlier = Event.objects.filter(
        action_name="read",
        client_id__in={r.journey.client_id for r in reads},
        object_id__in={r.object_id for r in reads},
        created__gte=min(r.at for r in reads) - SAME_READING,
    ).order_by("created")
    return {(e.client_id, e.object_id): e.created for e in earlier}


def _reads_on(event: Event, reading: dict[tuple[str, int | None], datetime]) -> bool:
    """Whether this read belongs to one already kept: the page, its script, a reload."""
    if event.action_name != "read" or not event.client_id:
        return False
    place = (event.client_id, event.object_id)
    if place in reading and abs(event.created - reading[place]) <= SAME_READING:
        return True
    reading[place] = event.created
    return False


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
    last = last_searches({r.journey.client_id for r in lost}, min(times), max(times))
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
        kind=kind_of(journey.kind, record.channel),
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
    earlier = Vote.objects.filter(**about).first() if event.client_id else None
    if earlier is None:
        Vote.objects.create(**about, **values)
        return
    Vote.objects.filter(pk=earlier.pk).update(**values)
    changes.note([earlier.created])


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(str(text)) if text else None
    except ValueError:
        return None
