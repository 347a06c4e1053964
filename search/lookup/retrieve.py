"""Finds ids: exact titles first, then the asked language, then the others, each by score."""

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
#: Weak hits are shown where there are fewer answers than this, and so many of them.
FEW, MOST_WEAK = 3, 5
FACETS = ("categories", "kind", "product")


@dataclass(frozen=True, slots=True)
class Found:
    """One page of ids in order. ``total`` counts covering hits in all languages; ``here`` those of
    the asked one; ``exact`` are the ids found by title or phrasing, on this page or not."""

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
    here, elsewhere = _by_language(query, filters)
    covering = EngineQuery(
        should=meant.terms, coverage=Coverage(meant.words, answered_at), facets=facets
    )
    hits = list(first[query.offset : query.offset + query.limit])
    parts = [exact]
    skipped = len(first)
    for part in (here, elsewhere) if meant.terms else ():
        wanted = max(0, query.limit - len(hits))
        result = engine.search(
            replace(
                covering,
                # What covers the question matches it: to count needs no scores.
                should=meant.terms if wanted else (),
                filters=part,
                offset=max(0, query.offset - skipped) if wanted else 0,
                limit=wanted,
            )
        )
        hits += result.hits
        parts.append(result)
        skipped += result.total
    return Found(
        hits=tuple(hits),
        weak=_weak(meant, engine, (here, elsewhere), answered_at, skipped, query.offset),
        exact=frozenset(hit.id for hit in exact.hits),
        total=skipped,
        here=parts[1].total if len(parts) > 1 else 0,
        facets=_summed((*parts, pins.result), facets),
        pinned=pins,
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


def _weak(
    meant: Understanding,
    engine: Engine,
    languages: tuple[Filters, ...],
    answered_at: float,
    total: int,
    offset: int,
) -> tuple[EngineHit, ...]:
    """Hits that cover too little to be answers, where there are few answers."""
    if total >= FEW or offset or not meant.terms:
        return ()
    weak: list[EngineHit] = []
    coverage = Coverage(meant.words, answered_at, reached=False)
    for part in languages:
        if len(weak) < MOST_WEAK:
            asked = EngineQuery(
                should=meant.terms,
                filters=part,
                coverage=coverage,
                limit=MOST_WEAK - len(weak),
                count=False,
            )
            weak += engine.search(asked).hits
    return tuple(weak)


def _summed(parts: Iterable[EngineResult], names: Iterable[str]) -> dict[str, dict[str, int]]:
    counts: dict[str, Counter[str]] = {name: Counter() for name in names}
    for part in parts:
        for name, counter in counts.items():
            counter.update(part.facets.get(name, {}))
    return {name: dict(counter) for name, counter in counts.items()}
