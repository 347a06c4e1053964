"""Whether an answer that was used has solved it: of what is said for one search, the last holds."""

from __future__ import annotations

import uuid
from collections import Counter

from search.journeys import changes
from search.journeys.models import Event
from search.journeys.models.events import Action

SOLVED = str(Action.USED_SOLVED)
VERDICTS = (SOLVED, str(Action.USED_UNSOLVED))


def latest(events: list[Event]) -> list[Event]:
    """``events`` without the verdicts that later ones among them replace."""
    last = {_about(e): e for e in events if e.action_name in VERDICTS and e.query_id}
    return [e for e in events if last.get(_about(e), e) is e or e.action_name not in VERDICTS]


def withdraw(events: list[Event]) -> Counter[uuid.UUID]:
    """Delete the verdicts kept earlier that ``events`` replace; how many "solved" a search loses.

    One query where there is a verdict among ``events``, two where one replaces another.
    """
    new = {_about(e) for e in events if e.action_name in VERDICTS and e.query_id}
    if not new:
        return Counter()
    kept = Event.objects.filter(
        action_name__in=VERDICTS, query_id__in={query_id for query_id, _, _ in new}
    )
    replaced = [event for event in kept if _about(event) in new]
    if replaced:
        Event.objects.filter(pk__in=[event.pk for event in replaced]).delete()
        changes.note(event.created for event in replaced)
    return Counter(e.query_id for e in replaced if e.query_id and e.action_name == SOLVED)


def _about(event: Event) -> tuple[uuid.UUID | None, int | None, str]:
    return event.query_id, event.object_id, event.client_id
