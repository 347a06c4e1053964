"""Judged queries that people's behaviour proposes; a person accepts them."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

from django.utils import timezone

from content.audience import Audience
from content.models import Entry
from search.insights.proposals.solutions import How, solutions
from search.insights.proposals.wording import proposable
from search.journeys.models import Event, Search
from search.text import exact_key

from .models import JudgedQuery, Judgement

DAYS = 30
#: So many people clicked, and of them so many the same entry.
PEOPLE, SHARE = 5, 0.6
MOST = 100
Place = tuple[str, str, str]
_SOURCES = {How.SOLVED: JudgedQuery.Source.AGENT, How.CONTACT: JudgedQuery.Source.CONTACT}


def propose() -> int:
    """Propose what clicks and solved cases of the last month agree on; returns how many are new."""
    since = timezone.now() - timedelta(days=DAYS)
    found = _by_clicks(since) | _by_solutions(since)
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
    clicks = Event.objects.filter(
        action_name="click", kind="customer", created__gte=since, query_id__isnull=False
    ).order_by("pk")
    clicked = list(clicks.values_list("query_id", "object_id"))
    asked = Search.objects.filter(
        query_id__in=clicks.order_by().values("query_id"), kind="customer", answered=True
    )
    searches = {search.query_id: search for search in asked}
    people: dict[Place, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    texts: dict[Place, str] = {}
    for query_id, entry in clicked:
        search = searches.get(query_id) if query_id else None
        text = proposable(search.query) if search else ""
        if search and text and entry:
            place = exact_key(text), search.locale, search.audience
            texts.setdefault(place, text)
            people[place][entry].add(search.client_id)
    found = {}
    for place, by_entry in people.items():
        everybody = set().union(*by_entry.values())
        entry, askers = max(by_entry.items(), key=lambda item: (len(item[1]), -item[0]))
        if len(askers) >= PEOPLE and len(askers) >= SHARE * len(everybody):
            found[place] = texts[place], entry, JudgedQuery.Source.CLICKS.value, len(askers)
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
