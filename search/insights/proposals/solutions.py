"""Failed searches whose askers found the answer after all, by what they did next."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from search.journeys.models import Event, Search
from search.journeys.models.events import Action

from .models import ProposalEvidence

How = ProposalEvidence.How
#: Before "this was the answer" on the contact form, which says of no search that it was the one.
CONTACT_WINDOW = timedelta(minutes=30)
_KINDS = ("customer", "agent")
#: Searches of these channels are not asked for their own sake.
ASIDE = ("contact", "replay", "test")
_SOLVING = {
    Action.CLICK: How.CLICK,
    Action.COPY: How.COPY,
    Action.USED_SOLVED: How.SOLVED,
}
_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Solution:
    """``failed`` found no answer; ``entry`` was one. ``search`` led to it, where one did."""

    failed: Search
    entry: int
    how: str
    search: Search | None
    at: datetime


def solutions(since: datetime) -> Iterator[Solution]:
    """Everything solved since then, by time. Crawlers, staff, replays and tests stay out.

    Three queries for each thousand of events.
    """
    events = Event.objects.filter(
        created__gte=since,
        action_name__in=list(_SOLVING),
        kind__in=_KINDS,
        object_id__isnull=False,
    ).order_by("created", "pk")
    batch: list[Event] = []
    for event in events.iterator(_BATCH):
        batch.append(event)
        if len(batch) == _BATCH:
            yield from _solutions(batch)
            batch = []
    yield from _solutions(batch)


def _solutions(events: Sequence[Event]) -> Iterator[Solution]:
    ids = {e.query_id for e in events if e.query_id}
    found = {s.query_id: s for s in Search.objects.filter(query_id__in=ids, kind__in=_KINDS)}
    tried = _tried(found.values())
    by_client = _before_contact(events)
    for event in events:
        search = found.get(event.query_id) if event.query_id else None
        if search is not None:
            yield from _by_search(event, search, tried[search.intent_id])
        elif event.channel == "contact" and event.action_name == Action.USED_SOLVED:
            for failed in by_client[event.client_id]:
                if event.created - CONTACT_WINDOW <= failed.updated <= event.created:
                    yield Solution(failed, event.object_id or 0, How.CONTACT, None, event.created)


def _tried(searches: Iterable[Search]) -> dict[uuid.UUID, list[Search]]:
    """All searches of the same intents, in order."""
    intents: dict[uuid.UUID, list[Search]] = defaultdict(list)
    rows = Search.objects.filter(intent_id__in={s.intent_id for s in searches}, kind__in=_KINDS)
    for search in rows.exclude(channel__in=ASIDE).order_by("created", "pk"):
        intents[search.intent_id].append(search)
    return intents


def _before_contact(events: Iterable[Event]) -> dict[str, list[Search]]:
    """The failed searches of those who found their answer on the contact form."""
    there = [e for e in events if e.channel == "contact" and e.client_id]
    failed: dict[str, list[Search]] = defaultdict(list)
    if there:
        first = min(e.created for e in there) - CONTACT_WINDOW
        rows = Search.objects.filter(
            Q(answered=False) | Q(clicks=0),
            client_id__in={e.client_id for e in there},
            kind__in=_KINDS,
            updated__gte=first,
            settled=True,
        )
        for search in rows.exclude(channel__in=ASIDE).order_by("created", "pk"):
            failed[search.client_id].append(search)
    return failed


def _by_search(event: Event, search: Search, tried: Iterable[Search]) -> Iterator[Solution]:
    how, entry = str(_SOLVING[Action(event.action_name)]), event.object_id or 0
    if not search.answered:
        weak = How.WEAK if how == How.CLICK else how
        yield Solution(search, entry, weak, search, event.created)
    elif search.rescue and how == How.CLICK:
        yield Solution(search, entry, How.RESCUE, search, event.created)
    for failed in tried:
        earlier = failed.created < search.created and failed.pk != search.pk
        if earlier and failed.settled and failed.unsuccessful and failed.key != search.key:
            yield Solution(failed, entry, how, search, event.created)
