"""What people do, as the counting of signals finds it."""

from __future__ import annotations

import uuid

from search.journeys.models import Event, Search
from search.lookup import memory
from search.lookup.models import SignalRun
from search.lookup.signals import observed
from search.lookup.signals.collecting import collect_signals
from search.text import group_key


def searched(text: str, shown, clicked=(), who: str = "", **more) -> Search:
    """One search of one person, with what was shown in this order, and what was clicked of it."""
    who = who or uuid.uuid4().hex
    values = {"locale": "en", "answered": True, "audience": "public", "kind": "customer"} | more
    made = Search.objects.create(
        query=text,
        key=group_key(text),
        client_id=who,
        hits=[[entry.pk, rank] for rank, entry in enumerate(shown, 1)],
        total=len(shown),
        **values,
    )
    for entry in clicked:
        Event.objects.create(
            action_name="click",
            object_id=entry.pk,
            query_id=made.query_id,
            client_id=who,
            kind=made.kind,
        )
    return made


def counted() -> SignalRun:
    """Count now, and let this process read it at once."""
    made = collect_signals()
    observed.forget()
    memory.forget()
    return made


def clicked_often(text: str, entries, one, times: int = 40, **more) -> None:
    """Everybody clicks one entry; of other lists, every second one the first."""
    for number in range(times):
        searched(text, entries, [one], **more)
        searched("something else", entries, entries[: number % 2], **more)
    counted()
