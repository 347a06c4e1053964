"""Asks tantivy for hits in order, for how many there are, and for what they have in common."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import tantivy
from tantivy import Order, Query

from . import tantivy_query
from .protocol import FACETS, EngineHit, EngineQuery, EngineResult, Filters, Term
from .telling import divided

MOST_FACETS = 200
#: Deeper pages read all terms: to look them up in so many documents would take longer.
MOST_LOOKED_UP = 100
#: Documents beyond those wanted that are looked at first: most of them pass.
SPARE = 10
#: Entries of posting lists that take longer to read than it takes to wake a thread.
DEAR = 40_000
#: A hit and what it scores: (score, address).
Found = list[tuple[float, Any]]


class Frequencies(dict[tuple[str, str], int]):
    """In how many documents a field has a token, by (field, token): each looked up once."""

    MOST = 100_000

    def __init__(self, searcher: tantivy.Searcher) -> None:
        super().__init__()
        self._searcher = searcher

    def __missing__(self, asked: tuple[str, str]) -> int:
        if len(self) >= self.MOST:
            self.clear()
        found = self[asked] = self._searcher.doc_freq(*asked)
        return found


def is_dear(query: EngineQuery, frequencies: Frequencies) -> bool:
    """Whether it reads enough to be worth another thread."""
    words = query.coverage.words if query.coverage else ()
    terms = (*query.should, *(term for word in words for term in word.terms))
    return sum(frequencies[term.field, term.token] for term in terms) >= DEAR


def searched(
    searcher: tantivy.Searcher, query: EngineQuery, frequencies: Frequencies
) -> EngineResult:
    """Return one page of hits, by score and then by id, with what they cover."""
    if query.should and not any(frequencies[term.field, term.token] for term in query.should):
        return EngineResult((), 0, {name: {} for name in query.facets if name in FACETS})
    if not query.limit:
        return _counted(searcher, tantivy_query.build(query), query)
    first, then = divided(query.should, frequencies)
    end = query.offset + query.limit
    if (best := _best(searcher, query, end, first, then)) is not None:
        found, shares = best
        page = as_hits(searcher, found)[query.offset : end]
        return EngineResult(tuple(page), 0, {}, _coverage(searcher, query, page, shares))
    built = tantivy_query.build(replace(query, should=(*first, *then)))
    found, total = _found(searcher, built, end, query)
    page = as_hits(searcher, found)[query.offset : end]
    return EngineResult(
        hits=tuple(page),
        total=total if query.count else 0,
        facets=_counted(searcher, built, replace(query, count=False)).facets,
        coverage=_coverage(searcher, query, page),
    )


def _coverage(
    searcher: tantivy.Searcher,
    query: EngineQuery,
    hits: Sequence[EngineHit],
    shares: Mapping[int, float] | None = None,
) -> dict[int, float]:
    """What each hit covers; ``shares`` has it where that is known already."""
    if not hits or not _covers(query):
        return {}
    if shares is None:
        among = EngineQuery(filters=Filters(level=query.filters.level))
        ids = [hit.id for hit in hits]
        shares = _scored(
            searcher, tantivy_query.share(tantivy_query.among(among, ids), query.covered), len(ids)
        )
    return {hit.id: min(1.0, shares[hit.id]) for hit in hits}


def _covers(query: EngineQuery) -> bool:
    return any(word.mass for word in query.covered)


def _scored(searcher: tantivy.Searcher, built: Query, most: int) -> dict[int, float]:
    """What each document that ``built`` finds scores, by id."""
    hits: Any = searcher.search(built, max(1, most), count=False).hits
    ids: Any = searcher.fast_field_values("id", [address for _, address in hits])
    return {id_: score for id_, (score, _) in zip(ids, hits, strict=True)}


def passing(searcher: tantivy.Searcher, filters: Filters) -> tuple[Sequence[int], Sequence[int]]:
    """Return ids and versions of all documents that pass the filters."""
    built = tantivy_query.build(EngineQuery(filters=filters))
    found: Any = searcher.search(built, max(1, searcher.num_docs), count=False)
    addresses = [address for _, address in found.hits]
    ids: Any = searcher.fast_field_values("id", addresses)
    versions: Any = searcher.fast_field_values("version", addresses)
    return ids, versions


def as_hits(searcher: tantivy.Searcher, found: Sequence[tuple]) -> list[EngineHit]:
    """Return hits by score, then by id."""
    addresses = [address for _, address in found]
    ids: Sequence[Any] = searcher.fast_field_values("id", addresses)
    versions: Sequence[Any] = searcher.fast_field_values("version", addresses)
    hits = [
        EngineHit(int(id_), int(version), float(score))
        for id_, version, (score, _) in zip(ids, versions, found, strict=True)
    ]
    return sorted(hits, key=lambda hit: (-_rounded(hit.score), hit.id))


def _broad(query: EngineQuery) -> bool:
    """Whether most documents that score high will pass: of one language, and all of its kinds."""
    given = query.filters
    narrow = given.category or given.kind or given.product or given.ids is not None
    return bool(given.locales and not (query.coverage or query.must or narrow))


def _best(
    searcher: tantivy.Searcher,
    query: EngineQuery,
    limit: int,
    first: Sequence[Term],
    then: Sequence[Term],
) -> tuple[Found, Mapping[int, float] | None] | None:
    """The best in two steps; None where that does not find all of them, or is not quicker.

    tantivy skips what cannot be among the best only where nothing is asked but words. Where most
    documents pass, that saves more than it takes to ask for the filters afterwards, in a few more
    than are wanted first. The terms of `then` are looked up in all that the others find. Without
    them, what each covers is found out with the filters.
    """
    broad = _broad(query)
    fetch = (2 * limit if broad else limit) + 20
    scored = query.should and not any(term.constant for term in query.should)
    only_hits = not (query.count or query.facets)
    if not (scored and only_hits and (broad or then)) or (then and fetch > MOST_LOOKED_UP):
        return None
    asked = tantivy_query.any_of(first)
    if not broad:
        asked = tantivy_query.build(replace(query, should=tuple(first)))
    found: Found = searcher.search(asked, fetch, count=False).hits  # type: ignore[assignment]
    full = len(found) == fetch
    if then and not full:
        return None
    ids: Sequence[int] = searcher.fast_field_values("id", [a for _, a in found])  # type: ignore[assignment]
    passed: dict[int, float] = {}
    kept: Found = []
    begin = 0
    for end in (fetch,) if then else (limit + SPARE, fetch):
        passed |= _passed(searcher, query, ids[begin:end], then)
        pairs = zip(ids[begin:end], found[begin:end], strict=True)
        kept += [hit for id_, hit in pairs if id_ in passed]
        if len(kept) >= limit and _rounded(found[:end][-1][0]) < _rounded(kept[limit - 1][0]):
            break
        begin = end
    else:
        if full:
            return None
    if not then:
        return _first(kept, limit), passed if _covers(query) else None
    added = [
        (score + passed[id_], address)
        for id_, (score, address) in zip(ids, found, strict=True)
        if id_ in passed
    ]
    return _first(sorted(added, key=lambda hit: -hit[0]), limit), None


def _passed(
    searcher: tantivy.Searcher, query: EngineQuery, ids: Sequence[int], then: Sequence[Term]
) -> dict[int, float]:
    """Those of the documents that pass what filters, with what the terms of `then` add; where
    there are none, with the share that each covers, if that was asked for."""
    if not ids:
        return {}
    built = tantivy_query.among(query, ids)
    if then:
        built = tantivy_query.adding(built, then)
    elif _covers(query):
        built = tantivy_query.share(built, query.covered)
    return _scored(searcher, built, len(ids))


def _first(found: Found, limit: int) -> Found:
    """The first of what stands by score, and all that tie with the last of them."""
    if len(found) <= limit or limit < 1:
        return found
    last = _rounded(found[limit - 1][0])
    return [hit for hit in found if _rounded(hit[0]) >= last]


def _found(
    searcher: tantivy.Searcher, built: Query, limit: int, query: EngineQuery
) -> tuple[Found, int]:
    """At least `limit` hits, and all that tie with the last of them: ties fall by id, so none may
    be missing, or a page would repeat what another one showed."""
    if not query.should:
        listed: Any = searcher.search(
            built, max(1, limit), query.count, order_by_field="id", order=Order.Asc
        )
        return [(0.0, address) for _, address in listed.hits], listed.count or 0
    fetch = max(1, limit + 5)
    while True:
        found: Any = searcher.search(built, fetch, query.count)
        hits: Found = found.hits
        complete = limit < 1 or len(hits) < fetch or fetch >= searcher.num_docs
        if complete or _rounded(hits[-1][0]) < _rounded(hits[limit - 1][0]):
            return hits, found.count or 0
        fetch *= 4


def _counted(searcher: tantivy.Searcher, built: Query, query: EngineQuery) -> EngineResult:
    """The number of matches and the facets, in one pass and without scores."""
    names = [name for name in query.facets if name in FACETS]
    wanted: dict[str, Any] = {
        name: {"terms": {"field": name, "size": MOST_FACETS}} for name in names
    }
    if query.count:
        wanted["total"] = {"value_count": {"field": "id"}}
    if not wanted:
        return EngineResult((), 0, {})
    answer = searcher.aggregate(built, wanted)
    return EngineResult(
        hits=(),
        total=int(answer["total"]["value"]) if query.count else 0,
        facets={
            name: {str(b["key"]): int(b["doc_count"]) for b in answer[name]["buckets"]}
            for name in names
        },
    )


def _rounded(score: float) -> float:
    """Sums of the same floats differ in the last digits by the order in which they were added."""
    return round(score, 4)
