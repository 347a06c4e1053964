"""Finds ids: exact titles first, then the asked language, then the others, each by score.

Order and answer are two questions. Hits stand by score alone; whether they answer is decided by how
much of the question they cover and how near their meaning is (`Bar`). Below the last that does,
hits stand apart and are not counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from search.engine.covering import is_exact
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

from .awaiting import Awaited
from .bar import ALONE, Bar
from .fusing import head_of, ordered
from .languages import by_preference, of_other_tongues
from .nearness import Nearest
from .pins import Pinned, pinned
from .query import Query
from .ranking import Ranked, ranked
from .understand import Understanding

#: Exact titles and phrasings that are put before everything else.
MOST_EXACT = 100
#: Weak hits follow where there are fewer answers than this.
FEW = 10
FACETS = ("categories", "kind", "product")
_NONE = EngineResult((), 0, {})
_HIGHEST = 3


@dataclass(frozen=True, slots=True)
class Found:
    """One page of ids in order.

    ``total`` counts what answers in all languages, ``here`` in the asked one, ``meant`` what
    answers by its meaning alone; ``listed`` counts what stands above the last answer as well.
    ``exact`` are the ids found by title or phrasing, on this page or not, ``answering`` those of
    all that answer. ``weak`` do not answer, best first; ``coverage`` is the share of the question
    (0–1) that each hit covers, ``near`` what is known of its meaning. ``window`` are the first by
    score in the asked language where this page has some of them; they begin at place ``window_at``
    (from 0) of the list.
    """

    hits: tuple[EngineHit, ...]
    weak: tuple[EngineHit, ...]
    exact: frozenset[int]
    total: int
    listed: int
    here: int
    meant: int
    facets: Mapping[str, Mapping[str, int]]
    coverage: Mapping[int, float]
    near: Mapping[int, Nearest] = field(default_factory=dict)
    answering: frozenset[int] = frozenset()
    pinned: Pinned = field(default_factory=Pinned)
    window: tuple[EngineHit, ...] = ()
    window_at: int = 0


def retrieve(
    query: Query,
    meant: Understanding,
    engine: Engine,
    hidden: Iterable[int],
    covered: float,
    awaited: Awaited,
    linked: bool = False,
) -> Found:
    """Search ``engine``; ``hidden`` are ids that it has but the reader may not see any more.

    What covers the share ``covered`` (0–1) of the question answers by words. While the question's
    meaning is under way, what does not depend on it is asked first, else all at once.
    With ``linked`` an article that the reader has in a language of his own is looked for in the
    others all the same: it may be that only a translation has the words.
    """
    filters = _filters(query, hidden)
    here, elsewhere = _by_language(query, filters)
    if linked:
        elsewhere = replace(elsewhere, preferred=of_other_tongues(query.locale))
    facets = FACETS if query.facets else ()
    pins = pinned(query, engine, (here, elsewhere), facets, meant.words)
    here, elsewhere = _without(here, pins.hits), _without(elsewhere, pins.hits)
    whole = _whole(meant, query)
    # Of an exact title its own language counts, whatever the reader prefers otherwise.
    titles = [
        EngineQuery(should=whole, filters=part, limit=MOST_EXACT, covered=meant.words)
        for part in (here, replace(elsewhere, preferred=()))
        if whole
    ]
    asked = EngineQuery(should=meant.terms, filters=here, must_not=whole, covered=meant.words)
    heads = [head_of(asked, awaited.likely)] if meant.terms else []
    ahead = engine.search_all([*titles, *heads]) if awaited.under_way else None
    meaning = awaited.get()
    bar = Bar(covered, ALONE if meaning.calibrated else None)
    covering = Coverage(meant.words, bar.counted, whole)
    everything = EngineQuery(
        filters=replace(elsewhere, not_locales=()),
        coverage=covering,
        limit=0,
        facets=(*facets, "locale"),
    )
    beside = [*titles, *heads] if ahead is None else []
    counted, *results = engine.search_all([everything, *beside])
    results = results if ahead is None else ahead
    asked = replace(asked, coverage=covering, covered=())
    exact_here, exact_elsewhere = results[:2] if titles else (_NONE, _NONE)
    exact = (*exact_here.hits, *exact_elsewhere.hits)
    first = (*pins.hits, *exact)
    translated = _translated(engine, elsewhere, whole, exact_elsewhere)
    there = counted.facets["locale"].get(query.locale, 0) - exact_here.total
    others = counted.total - exact_here.total - exact_elsewhere.total + translated - there

    start, end = query.offset - len(first), query.offset + query.limit - len(first)
    local = foreign = Ranked()
    if meant.terms:
        asked = _but(asked, exact)
        order = ordered(engine, asked, results[-1], meaning)
        local = ranked(engine, asked, there, max(0, start), end, order, bar)
        start, end = start - local.listed, end - local.listed
        room = FEW - len(first) - local.listed if _few(query, len(first) + local.listed) else 0
        if meaning.near or (
            (end > 0 or room) and (others > 0 or len(local.weak) < room or not is_exact(covering))
        ):
            asked = _but(replace(asked, filters=elsewhere), exact)
            order = ordered(
                engine, asked, engine.search(head_of(asked, meaning.near is not None)), meaning
            )
            foreign = ranked(engine, asked, others, max(0, start), end, order, bar)
            others = foreign.answers
    listed = len(first) + local.listed + max(others, foreign.listed)
    weak = (*local.weak, *foreign.weak) if _few(query, listed) else ()
    by_meaning = local.meant | foreign.meant
    shown = first[query.offset : query.offset + query.limit]
    return Found(
        hits=(*shown, *local.hits, *foreign.hits),
        weak=weak[: FEW - listed],
        exact=frozenset(hit.id for hit in exact),
        total=len(first) + local.answers + others,
        listed=listed,
        here=local.answers + exact_here.total,
        meant=len(by_meaning),
        facets=_summed(
            [counted.facets, pins.result.facets, _counts_of(engine, by_meaning, facets)], facets
        ),
        coverage={
            **pins.result.coverage,
            **exact_elsewhere.coverage,
            **exact_here.coverage,
            **local.coverage,
            **foreign.coverage,
        },
        near={**foreign.near, **local.near},
        answering=local.answering | foreign.answering | {hit.id for hit in first},
        pinned=pins,
        window=local.window,
        window_at=len(first),
    )


def _few(query: Query, listed: int) -> bool:
    """Whether the first page has room for hits that cover too little."""
    return not query.offset and listed < min(FEW, query.limit)


def _filters(query: Query, hidden: Iterable[int]) -> Filters:
    return Filters(
        level=query.audience.level,
        category=query.category,
        kind=query.kind,
        product=query.product,
        not_ids=tuple(hidden),
    )


def _by_language(query: Query, filters: Filters) -> tuple[Filters, Filters]:
    """The asked language; and the others, of each article the one he is likeliest to read."""
    return (
        replace(filters, locales=(query.locale,)),
        replace(filters, not_locales=(query.locale,), preferred=by_preference(query.locale)),
    )


def _without(filters: Filters, hits: Sequence[EngineHit]) -> Filters:
    if not hits:
        return filters
    return replace(filters, not_ids=(*filters.not_ids, *(hit.id for hit in hits)))


def _whole(meant: Understanding, query: Query) -> tuple[Term, ...]:
    """Titles before phrasings: what holds one of these is exactly what was asked for."""
    if not meant.key:
        return ()
    phrasings = dict.fromkeys(readable("exact_phrasing", query.audience.level), 1.0)
    fields = {"exact_title": 2.0} | phrasings
    return tuple(Term(name, meant.key, boost, constant=True) for name, boost in fields.items())


def _translated(
    engine: Engine, elsewhere: Filters, whole: tuple[Term, ...], exact: EngineResult
) -> int:
    """How many of the exact titles in other languages the count has left out."""
    if not exact.total:
        return 0
    counted = engine.search(EngineQuery(should=whole, filters=elsewhere, limit=0))
    return exact.total - counted.total


def _but(asked: EngineQuery, hits: Sequence[EngineHit]) -> EngineQuery:
    """Without hits that stand elsewhere: their titles shut them out by words, this by meaning."""
    if not hits:
        return asked
    return replace(asked, filters=_without(asked.filters, hits))


def _counts_of(
    engine: Engine, ids: Iterable[int], facets: Sequence[str]
) -> Mapping[str, Mapping[str, int]]:
    """How those that answer by their meaning alone are counted, whom no words count."""
    these = tuple(ids)
    if not these or not facets:
        return {}
    reader = Filters(level=_HIGHEST, ids=these)  # they have passed the reader's own filters
    return engine.search(EngineQuery(filters=reader, limit=0, facets=tuple(facets))).facets


def _summed(
    parts: Sequence[Mapping[str, Mapping[str, int]]], names: Iterable[str]
) -> dict[str, dict[str, int]]:
    counts: dict[str, Counter[str]] = {name: Counter() for name in names}
    for name, counter in counts.items():
        for part in parts:
            counter.update(part.get(name, {}))
    return {name: dict(counter) for name, counter in counts.items()}
