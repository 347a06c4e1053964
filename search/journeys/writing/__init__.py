"""Writes batches of records: redacts, merges keystrokes, chains intents, then announces."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from search.journeys import changes, merging, signals
from search.journeys.models import Event, Search
from search.journeys.records import EventRecord, SearchRecord

from .events import write_events
from .searches import write_searches

__all__ = ["Written", "announce", "settle", "write"]


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
        rows = write_searches(sorted(searches, key=lambda r: r.at))
        written.searches = [row for row in rows if row.settled]
        written.typing = len(written.searches) < len(rows)
    events = [r for r in records if isinstance(r, EventRecord)]
    if events:
        written.flags = [e for e in write_events(events) if e.action_name == "not_found"]
    return written


def announce(written: Written) -> None:
    """Tell the other rooms, after the batch is committed."""
    if written.searches:
        signals.searches_recorded.send_robust(sender=Search, searches=written.searches)
    for event in written.flags:
        signals.not_found_flagged.send_robust(sender=Event, event=event)


def settle(older: timedelta = merging.TYPING) -> int:
    """Complete the searches whose typing stopped ``older`` ago; returns how many."""
    due = list(Search.objects.filter(settled=False, updated__lte=timezone.now() - older))
    if due:
        with transaction.atomic():
            Search.objects.filter(pk__in=[search.pk for search in due]).update(settled=True)
            changes.note(search.created for search in due)
        signals.searches_recorded.send_robust(sender=Search, searches=due)
    return len(due)
