"""Finds ids: exact titles first, then the asked language, then the others, each by score.

Order and answer are two questions. Hits stand by score alone; whether they answer is decided by how
much of the question the best of them covers (`Coverage`), and the list of hits ends with the last
that does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from search.engine.fields import readable
from search.engine.protocol import (
    Coverage,
    Engine,
    EngineHit,
    EngineQuery,
    EngineResult,
    Filters,
    Term,
)

from .pins import Pinned, pinned
from .query import Query
from .understand import Understanding

#: Exact titles and phrasings that are put before everything else.
MOST_EXACT = 30
#: So many places go by score alone; hits below them cover the question, all of them.
HEAD = 10
#: Weak hits follow where there are fewer answers than this.
FEW = 10
FACETS = ("categories", "kind", "product")


@dataclass(frozen=True, slots=True)
class Found:
    """One page of ids in order. ``total`` counts hits in all languages, ``here`` those of the asked
    one; ``exact`` are the ids found by title or phrasing, on this page or not. ``weak`` are the
    next by score where the hits do not fill the first page."""

    hits: tuple[EngineHit, ...]
    weak: tuple[EngineHit, ...]
    exact: frozenset[int]
    total: int
    here: int
    facets: dict[str, dict[str, int]]
    pinned: Pinned = field(default_factory=Pinned)


def retrieve(
    query: Query, meant: Understanding, engine: Engine, hidden: Iterable[int], answered_at: float
) -> Found:
    """Search ``engine``; ``hidden`` are ids that it has but the reader may not see any more.

    What every search asks goes to the engine together; what some need besides follows.
    """
    filters = _filters(query, hidden)
    facets = FACETS if query.facets else ()
    pins = pinned(query, engine, _by_language(query, filters), facets)
    filters = _without(filters, pins.hits)
    end = query.offset + query.limit
    by_key = _exact(query, meant, filters, facets)
    covering = _covering(query, meant, filters, answered_at, facets)
    results = engine.search_all([*by_key, *_first(covering, end)])
    exact, answers = results[: len(by_key)], results[len(by_key) :]
    found = tuple(hit for result in exact for hit in result.hits)[:MOST_EXACT]
    if sum(result.total for result in exact) > len(found):
        # So many have this very title that some of them stand among the others.
        covering = [
            replace(each, must_not=(), filters=_without(each.filters, found)) for each in covering
        ]
        answers = engine.search_all(_first(covering, end))
    first = (*pins.hits, *found)
    languages = _languages(engine, covering, answers, end - len(first))
    hits = (*first, *(hit for each in languages for hit in each.hits))
    total = len(first) + sum(each.total for each in languages)
    few = not query.offset and total < min(FEW, query.limit)
    return Found(
        hits=hits[query.offset : end],
        weak=tuple(weak for each in languages for weak in each.weak)[: FEW - total] if few else (),
        exact=frozenset(hit.id for hit in found),
        total=total,
        here=languages[0].total if languages else 0,
        facets=_summed((*exact, pins.result, *(each.covering for each in languages)), facets),
        pinned=pins,
    )


@dataclass(frozen=True, slots=True)
class _Ranked:
    """One language: hits in order (as many as were wanted), how many there are, and the next."""

    hits: tuple[EngineHit, ...]
    weak: tuple[EngineHit, ...]
    total: int
    covering: EngineResult


def _covering(
    query: Query,
    meant: Understanding,
    filters: Filters,
    answered_at: float,
    facets: tuple[str, ...],
) -> list[EngineQuery]:
    """What covers the question, in the asked language and in the others."""
    if not meant.terms:
        return []
    asked = EngineQuery(
        should=meant.terms,
        must_not=_exact_terms(query, meant),
        coverage=Coverage(meant.words, answered_at),
        facets=facets,
    )
    return [replace(asked, filters=part) for part in _by_language(query, filters)]


def _first(covering: Sequence[EngineQuery], end: int) -> list[EngineQuery]:
    """What is asked of all: the ranking in the asked language, a number in the others."""
    if not covering:
        return []
    here, elsewhere = covering
    # What covers the question matches it: to count needs no scores.
    return [*_ranking(here, end), replace(elsewhere, should=(), limit=0)]


def _ranking(covering: EngineQuery, wanted: int) -> list[EngineQuery]:
    """The head by score alone, and what covers the question."""
    by_score = replace(covering, coverage=None, limit=HEAD, count=False, facets=())
    return [by_score, replace(covering, limit=max(HEAD, wanted))]


def _languages(
    engine: Engine, covering: Sequence[EngineQuery], answers: Sequence[EngineResult], wanted: int
) -> list[_Ranked]:
    if not covering:
        return []
    head, deep, counted = answers
    here = _ranked(head, deep, wanted)
    wanted -= len(here.hits)
    if wanted < 1:
        return [here, _Ranked((), (), counted.total, counted)]
    by_score, further = _ranking(covering[1], wanted)
    head, deep = engine.search_all([by_score, replace(further, count=False, facets=())])
    deep = replace(deep, total=counted.total, facets=counted.facets)
    return [here, _ranked(head, deep, wanted)]


def _ranked(by_score: EngineResult, result: EngineResult, wanted: int) -> _Ranked:
    if wanted < 1:
        return _Ranked((), (), result.total, result)
    head = by_score.hits
    strong = {hit.id for hit in result.hits}
    places = [place for place, hit in enumerate(head, 1) if hit.id in strong]
    # Where some that cover stand below the head, all of the head stands above them.
    last = len(head) if result.total > len(places) else max(places, default=0)
    above = {hit.id for hit in head[:last]}
    return _Ranked(
        hits=(*head[:last], *(hit for hit in result.hits if hit.id not in above))[:wanted],
        weak=head[last:],
        total=result.total + last - len(places),
        covering=result,
    )


def _without(filters: Filters, hits: Iterable[EngineHit]) -> Filters:
    return replace(filters, not_ids=(*filters.not_ids, *(hit.id for hit in hits)))


def _filters(query: Query, hidden: Iterable[int]) -> Filters:
    return Filters(
        level=query.audience.level,
        category=query.category,
        kind=query.kind,
        product=query.product,
        not_ids=tuple(hidden),
    )


def _by_language(query: Query, filters: Filters) -> tuple[Filters, Filters]:
    """The asked language; and the others, without what the reader has in the asked one."""
    readable_here = tuple(f"{query.locale}:{level}" for level in range(query.audience.level + 1))
    return (
        replace(filters, locales=(query.locale,)),
        replace(filters, not_locales=(query.locale,), not_also_in=readable_here),
    )


def _exact(
    query: Query, meant: Understanding, filters: Filters, facets: tuple[str, ...]
) -> list[EngineQuery]:
    """Titles before phrasings, in the asked language and then in others, whatever else matches."""
    if not (terms := _exact_terms(query, meant)):
        return []
    asked = EngineQuery(should=terms, limit=MOST_EXACT, facets=facets)
    return [
        replace(asked, filters=replace(filters, locales=(query.locale,))),
        replace(asked, filters=replace(filters, not_locales=(query.locale,))),
    ]


def _exact_terms(query: Query, meant: Understanding) -> tuple[Term, ...]:
    if not meant.key:
        return ()
    phrasings = readable("exact_phrasing", query.audience.level)
    fields = {"exact_title": 2.0} | dict.fromkeys(phrasings, 1.0)
    return tuple(Term(name, meant.key, boost, constant=True) for name, boost in fields.items())


def _summed(parts: Iterable[EngineResult], names: Iterable[str]) -> dict[str, dict[str, int]]:
    counts: dict[str, Counter[str]] = {name: Counter() for name in names}
    for part in parts:
        for name, counter in counts.items():
            counter.update(part.facets.get(name, {}))
    return {name: dict(counter) for name, counter in counts.items()}
