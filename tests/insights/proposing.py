"""Searches in vain, what people did next, and what came to be proposed."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.utils import timezone

from content.models import Entry
from search.insights.models import Proposal
from search.journeys.models import Event, Search
from search.text import group_key


def searched(text: str, who: str = "ann", minutes: float = 10, **more) -> Search:
    """One settled search, so many minutes ago, that found nothing unless said otherwise."""
    when = timezone.now() - timedelta(minutes=minutes)
    values = {"locale": "en", "answered": False, "audience": "public"} | more
    values.setdefault("intent_id", uuid.uuid5(uuid.NAMESPACE_URL, who))
    return Search.objects.create(
        query=text, key=group_key(text), client_id=who, created=when, updated=when, **values
    )


def did(action: str, entry: Entry, search: Search | None = None, **more) -> None:
    """One action on the results of a search."""
    values = {"client_id": search.client_id, "kind": search.kind} if search else {}
    Event.objects.create(
        action_name=action,
        object_id=entry.pk,
        query_id=search.query_id if search else None,
        **values | more,
    )


def reworded(entry: Entry, first: str, then: str, *people: str, **more) -> None:
    """Each of these people fails with ``first``, and clicks ``entry`` after asking ``then``."""
    for who in people:
        searched(first, who, **more)
        did("click", entry, searched(then, who, 9, answered=True, clicks=1, **more))


def proposed(kind: str = "phrasing") -> list[tuple[str, str, int, bool]]:
    rows = Proposal.objects.filter(kind=kind).order_by("words")
    return [(p.words, p.replacement, p.people, p.worth_a_look) for p in rows]
