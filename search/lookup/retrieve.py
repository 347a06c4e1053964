"""Finds ids: exact titles first, then the asked language, then the others, each by score.

Order and answer are two questions. Hits stand by score alone; whether they answer is decided by how
much of the question the best of them covers (`Coverage`), and the list of hits ends with the last
that does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
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
    """Search ``engine``; ``hidden`` are ids that it has but the reader may not see any more."""
    filters = _filters(query, hidden)
    facets = FACETS if query.facets else ()
    pins = pinned(query, engine, _by_language(query, filters), facets)
    filters = _without(filters, pins.hits)
    exact = _exact(query, meant, engine, filters, facets)
    first = (*pins.hits, *exact.hits)
    filters = _without(filters, exact.hits)
    covering = EngineQuery(
        should=meant.terms, coverage=Coverage(meant.words, answered_at), facets=facets
    )
    end = query.offset + query.limit
    hits = list(first)
    languages: list[_Ranked] = []
    for part in _by_language(query, filters) if meant.terms else ():
        languages.append(_ranked(engine, replace(covering, filters=part), end - len(hits)))
        hits += languages[-1].hits
    total = len(first) + sum(each.total for each in languages)
    few = not query.offset and total < min(FEW, query.limit)
    return Found(
        hits=tuple(hits[query.offset : end]),
        weak=tuple(weak for each in languages for weak in each.weak)[: FEW - total] if few else (),
        exact=frozenset(hit.id for hit in exact.hits),
        total=total,
        here=languages[0].total if languages else 0,
        facets=_summed((exact, pins.result, *(each.covering for each in languages)), facets),
        pinned=pins,
    )


@dataclass(frozen=True, slots=True)
class _Ranked:
    """One language: hits in order (as many as were wanted), how many there are, and the next."""

    hits: tuple[EngineHit, ...]
    weak: tuple[EngineHit, ...]
    total: int
    covering: EngineResult


def _ranked(engine: Engine, covering: EngineQuery, wanted: int) -> _Ranked:
    if wanted < 1:
        # What covers the question matches it: to count needs no scores.
        counted = engine.search(replace(covering, should=(), limit=0))
        return _Ranked((), (), counted.total, counted)
    by_score = replace(covering, coverage=None, limit=HEAD, count=False, facets=())
    deep = replace(covering, limit=max(HEAD, wanted))
    first, result = engine.search_all([by_score, deep])
    head = first.hits
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
    query: Query, meant: Understanding, engine: Engine, filters: Filters, facets: tuple[str, ...]
) -> EngineResult:
    """Titles before phrasings, within each the asked language first, whatever else matches."""
    if not meant.key:
        return EngineResult((), 0, {})
    level = query.audience.level
    fields = {"exact_title": 2.0} | dict.fromkeys(readable("exact_phrasing", level), 1.0)
    terms = [Term(name, meant.key, boost, constant=True) for name, boost in fields.items()]
    result = engine.search(
        EngineQuery(should=tuple(terms), filters=filters, limit=MOST_EXACT, facets=facets)
    )
    if len(result.hits) > 1:
        local = replace(filters, locales=(query.locale,), ids=tuple(h.id for h in result.hits))
        here = engine.search(
            EngineQuery(should=tuple(terms), filters=local, limit=MOST_EXACT, count=False)
        )
        ids = {hit.id for hit in here.hits}
        order: Callable[[EngineHit], tuple] = lambda h: (h.id not in ids, -h.score, h.id)  # noqa: E731
        result = replace(result, hits=tuple(sorted(result.hits, key=order)))
    return result


def _summed(parts: Iterable[EngineResult], names: Iterable[str]) -> dict[str, dict[str, int]]:
    counts: dict[str, Counter[str]] = {name: Counter() for name in names}
    for part in parts:
        for name, counter in counts.items():
            counter.update(part.facets.get(name, {}))
    return {name: dict(counter) for name, counter in counts.items()}
