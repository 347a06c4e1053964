"""Judged queries that people's behaviour proposes; a person accepts them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone

from content.audience import Audience
from content.models import Entry
from search.insights.proposals.solutions import ASIDE, How, solutions
from search.insights.proposals.wording import proposable
from search.journeys.models import Event, Search
from search.journeys.models.events import Action
from search.text import exact_key

from .models import JudgedQuery, Judgement

DAYS = 30
#: So many people clicked, and of them so many the same entry.
PEOPLE, SHARE = 5, 0.6
#: In so many calls agents gave the same entry.
CALLS = 2
MOST = 100
Place = tuple[str, str, str]
_SOURCES = {How.SOLVED: JudgedQuery.Source.AGENT, How.CONTACT: JudgedQuery.Source.CONTACT}


@dataclass(slots=True)
class _Chosen:
    """An entry that people chose after one question, and who they were."""

    text: str
    entry: int
    askers: set[str] = field(default_factory=set)
    searches: set[int] = field(default_factory=set)
    solved: bool = False


def propose() -> int:
    """Propose what a month's clicks, agents' links and solved cases agree on.

    Returns how many are new.
    """
    since = timezone.now() - timedelta(days=DAYS)
    found = _by_clicks(since) | _by_links(since) | _by_solutions(since)
    entries = Entry.objects.in_bulk({entry for _, entry, _, _ in found.values()})
    known = set(JudgedQuery.objects.values_list("key", "locale", "audience"))
    made = 0
    for (key, locale, audience), (text, entry_id, source, people) in found.items():
        entry = entries.get(entry_id)
        visible = entry is not None and entry.is_visible_to(Audience(audience))
        if not visible or (key, locale, audience) in known or made == MOST:
            continue
        query = JudgedQuery(
            text=text,
            key=key,
            locale=locale,
            audience=audience,
            state=JudgedQuery.State.PROPOSED,
            source=source,
            people=people,
        )
        query.judgements = [Judgement(entry=entry, grade=Judgement.Grade.ANSWERS)]
        query.save()
        made += 1
    return made


def _by_clicks(since: datetime) -> dict[Place, tuple[str, int, str, int]]:
    return {
        place: (of.text, of.entry, JudgedQuery.Source.CLICKS.value, len(of.askers))
        for place, of in _chosen(since, "customer", (Action.CLICK,)).items()
        if len(of.askers) >= PEOPLE
    }


def _by_links(since: datetime) -> dict[Place, tuple[str, int, str, int]]:
    """What agents gave callers: linked in several calls, or in one that it solved."""
    return {
        place: (of.text, of.entry, JudgedQuery.Source.AGENT.value, len(of.askers))
        for place, of in _chosen(since, "agent", (Action.COPY, Action.USED_SOLVED)).items()
        if len(of.searches) >= CALLS or of.solved
    }


def _chosen(since: datetime, kind: str, actions: Sequence[Action]) -> dict[Place, _Chosen]:
    """Of each question that was answered the entry that most of its askers chose, where they
    agree."""
    events = Event.objects.filter(
        action_name__in=actions,
        kind=kind,
        created__gte=since,
        query_id__isnull=False,
        object_id__isnull=False,
    ).order_by("pk")
    done = list(events.values_list("query_id", "object_id", "action_name"))
    asked = Search.objects.filter(
        query_id__in=events.order_by().values("query_id"), kind=kind, answered=True
    )
    searches = {search.query_id: search for search in asked.exclude(channel__in=ASIDE)}
    by_place: dict[Place, dict[int, _Chosen]] = defaultdict(dict)
    for query_id, entry, action in done:
        search = searches.get(query_id) if query_id else None
        text = proposable(search.query) if search else ""
        if search and text and entry:
            place = exact_key(text), search.locale, search.audience
            of = by_place[place].setdefault(entry, _Chosen(text, entry))
            of.askers.add(search.client_id)
            of.searches.add(search.pk)
            of.solved |= action == Action.USED_SOLVED
    found = {}
    for place, chosen in by_place.items():
        everybody = set().union(*(of.askers for of in chosen.values()))
        most = max(chosen.values(), key=lambda of: (len(of.askers), len(of.searches), -of.entry))
        if len(most.askers) >= SHARE * len(everybody):
            found[place] = most
    return found


def _by_solutions(since: datetime) -> dict[Place, tuple[str, int, str, int]]:
    found = {}
    for solution in solutions(since):
        source = _SOURCES.get(How(solution.how))
        text = proposable(solution.failed.query)
        if source and text:
            place = exact_key(text), solution.failed.locale, solution.failed.audience
            found[place] = text, solution.entry, source.value, 1
    return found
