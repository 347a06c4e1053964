"""What is offered while one types: answers, sections, searches others succeeded with."""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice
from typing import Literal

from django.db.models import Count, Min
from django.utils import timezone
from django.utils.http import urlencode

from content.audience import Audience
from search.engine.protocol import EngineFailed, Vocabulary
from search.index.tokens import analyser
from search.journeys.models import Search
from search.text import normalise
from search.text.script import in_script_of

from .library import SITE
from .query import Query
from .results import Hit, Marks, Passage, Results
from .service import search

Kind = Literal["answer", "section", "search"]

MOST_ANSWERS, MOST_SECTIONS, MOST_SEARCHES = 5, 3, 3
#: Searches are offered that so many people made and found an answer by, in so many days.
PEOPLE, DAYS, KEPT = 2, 30, 2000
#: Seconds for which the list of such searches is kept.
FRESH = 60.0
_LOCALES = 8


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line under the search box; ``id`` and ``query_id`` are for the record of a click."""

    text: str
    kind: Kind
    url: str
    marks: Marks = ()
    passage: Passage | None = None
    locale: str = ""
    id: int | None = None
    section: str = ""
    query_id: str = ""


@dataclass(frozen=True, slots=True)
class Suggested:
    """What was found for the text so far, and others' searches that begin with it."""

    results: Results
    searches: tuple[str, ...]

    @property
    def lines(self) -> tuple[Suggestion, ...]:
        """Suggestions in groups: answers, then sections, then searches."""
        results = self.results
        answers = [_answer(hit, results.query_id) for hit in results.hits]
        sections = [_section(hit, results.query_id) for hit in results.hits if hit.section]
        searches = [_search(text, results.query.locale) for text in self.searches]
        return (*answers, *sections[:MOST_SECTIONS], *searches)


def suggest(query: Query) -> Suggested:
    """Search for what is being typed."""
    typing = replace(query, prefix=True, limit=min(query.limit, MOST_ANSWERS), facets=False)
    return Suggested(search(typing), _searches(query))


def _answer(hit: Hit, query_id: str) -> Suggestion:
    return Suggestion(
        text=hit.title,
        kind="answer",
        url=hit.url.partition("#")[0],
        marks=hit.title_marks,
        passage=hit.passage,
        locale=hit.locale,
        id=hit.id,
        query_id=query_id,
    )


def _section(hit: Hit, query_id: str) -> Suggestion:
    assert hit.section is not None  # noqa: S101 - chosen by the caller
    return replace(
        _answer(hit, query_id),
        kind="section",
        url=hit.url,
        text=f"{hit.title} › {hit.section.title}",
        marks=(),
        section=hit.section.anchor,
    )


def _search(text: str, locale: str) -> Suggestion:
    address = f"/{locale}/search/?" + urlencode({"q": text})
    return Suggestion(text, "search", address, locale=locale)


def _searches(query: Query) -> tuple[str, ...]:
    typed = normalise(query.text)
    if not typed:
        return ()
    succeeded = _succeeded(query.locale).items()
    found = (text for key, text in succeeded if key.startswith(typed) and key != typed)
    return tuple(in_script_of(query.locale, text) for text in islice(found, MOST_SEARCHES))


_kept: OrderedDict[str, tuple[float, dict[str, str]]] = OrderedDict()


def forget() -> None:
    """Read the searches of others anew next time (tests)."""
    _kept.clear()


def _succeeded(locale: str) -> dict[str, str]:
    """Normalised → as written, the commonest first. Only what the public asked in public words."""
    at, kept = _kept.get(locale, (0.0, {}))
    if kept is not None and at and time.monotonic() - at < FRESH:
        return kept
    rows = (
        Search.objects.filter(
            kind="customer",
            audience=Audience.PUBLIC,
            locale=locale,
            answered=True,
            settled=True,
            clicks__gt=0,
            created__gte=timezone.now() - timedelta(days=DAYS),
        )
        .values("key")
        .annotate(people=Count("client_id", distinct=True), text=Min("query"))
        .filter(people__gte=PEOPLE)
        .order_by("-people", "text")
        .values_list("text", flat=True)[:KEPT]
    )
    try:
        vocabulary = SITE.engine(SITE.state()).vocabulary(Audience.PUBLIC.level)
    except EngineFailed:
        return kept
    fresh = {normalise(text): text for text in rows if _is_public(text, vocabulary)}
    _kept[locale] = (time.monotonic(), fresh)
    while len(_kept) > _LOCALES:
        _kept.popitem(last=False)
    return fresh


def _is_public(text: str, vocabulary: Vocabulary) -> bool:
    """Whether every word of it stands in texts for all: no secret word, no private matter."""
    content = analyser().query(text).content
    return (
        bool(content)
        and "⟨" not in text
        and all(len(word.surface) == 1 or vocabulary.frequency(word.surface) for word in content)
    )
