"""What the people of a gap did next: what they opened, who answered them, and with what."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from search.insights.models import Gap, Reason
from search.journeys.models import Event, Search, Vote
from search.journeys.models.events import Action

#: Searches of a gap that are followed, the latest first.
FOLLOWED = 500
#: Between opening an entry and saying that it did not help.
SOON = timedelta(hours=1)
_ASIDE = ("contact", "replay", "test")
_OPENED = (Action.CLICK, Action.READ)
_SENT = (Action.COPY, Action.USED_SOLVED)

People = dict[int, set[str]]


@dataclass(slots=True)
class Followed:
    """People by the entry, each person once.

    ``opened``: who opened it from the results. ``unhelped``: of these, who then turned to a person
    or said no. ``reworded``: of those whom it helped, who found it by words that are not the gap's.
    ``answered``: whom an agent answered with it. ``by`` are the other words, with their numbers.
    """

    people: int
    opened: People = field(default_factory=lambda: defaultdict(set))
    unhelped: People = field(default_factory=lambda: defaultdict(set))
    reworded: People = field(default_factory=lambda: defaultdict(set))
    answered: People = field(default_factory=lambda: defaultdict(set))
    by: dict[int, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))


def followed(gap: Gap) -> Followed:
    """What became of the gap's searches: four queries, however many there were."""
    rows = list(
        gap.evidence.exclude(reason=Reason.ASKED)
        .order_by("-created")
        .values_list("query_id", "intent_id", "client_id")[:FOLLOWED]
    )
    own = {query for query, _, _ in rows}
    found = Followed(people=len({client or str(intent) for _, intent, client in rows}))
    searches: dict[UUID | None, Search] = {
        s.query_id: s
        for s in Search.objects.filter(intent_id__in={intent for _, intent, _ in rows})
        .exclude(channel__in=_ASIDE)
        .select_related("contact")
    }
    events = list(
        Event.objects.filter(
            query_id__in=list(searches),
            action_name__in=[*_OPENED, *_SENT, Action.USED_UNSOLVED],
            object_id__isnull=False,
        )
    )
    unhelped = _unhelped(events, searches)
    for search in searches.values():
        if search.contact and search.contact.entry_id:
            found.answered[search.contact.entry_id].add(_person(search))
    for event in events:
        search, entry = searches[event.query_id], event.object_id or 0
        who = _person(search)
        if event.action_name in _SENT:
            found.answered[entry].add(who)
            continue
        found.opened[entry].add(who)
        if (who, entry) in unhelped or event.action_name == Action.USED_UNSOLVED:
            found.unhelped[entry].add(who)
        else:
            found.reworded[entry].add(who)
            if search.query_id not in own:
                found.by[entry][search.query] += 1
    return found


def _unhelped(
    events: Iterable[Event], searches: Mapping[UUID | None, Search]
) -> set[tuple[str, int]]:
    """(person, entry) of those who opened it and then asked a person or said no."""
    opened = [(e, searches[e.query_id]) for e in events if e.action_name in _OPENED]
    asked = {s.intent_id for s in searches.values() if s.contact_id}
    pairs = {(_person(s), e.object_id or 0) for e, s in opened if s.intent_id in asked}
    votes = Vote.objects.filter(
        helpful=False,
        object_id__in={e.object_id for e, _ in opened},
        client_id__in={s.client_id for _, s in opened} - {""},
    )
    for vote in votes:
        for event, search in opened:
            same = (vote.client_id, vote.object_id) == (search.client_id, event.object_id)
            if same and timedelta() <= vote.created - event.created <= SOON:
                pairs.add((_person(search), vote.object_id))
    return pairs


def _person(search: Search) -> str:
    return search.client_id or str(search.intent_id)
