"""Asks tantivy for hits in order, for how many there are, and for what they have in common."""

from collections.abc import Sequence
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
    searcher: tantivy.Searcher,
    schema: tantivy.Schema,
    query: EngineQuery,
    frequencies: Frequencies,
) -> EngineResult:
    """Return one page of hits, by score and then by id, with what they cover."""
    result = _page(searcher, schema, query, frequencies)
    if not result.hits or not any(word.mass for word in query.covered):
        return result
    return replace(result, coverage=_coverage(searcher, schema, query, result.hits))


def _page(
    searcher: tantivy.Searcher,
    schema: tantivy.Schema,
    query: EngineQuery,
    frequencies: Frequencies,
) -> EngineResult:
    if query.should and not any(frequencies[term.field, term.token] for term in query.should):
        return EngineResult((), 0, {name: {} for name in query.facets if name in FACETS})
    if not query.limit:
        return _counted(searcher, tantivy_query.build(schema, query), query)
    first, then = divided(query.should, frequencies)
    query = replace(query, should=(*first, *then))
    limit = query.offset + query.limit
    if (best := _best(searcher, schema, query, limit, then)) is not None:
        return EngineResult(tuple(as_hits(searcher, best)[query.offset : limit]), 0, {})
    built = tantivy_query.build(schema, query)
    found, total = _found(searcher, built, limit, query)
    return EngineResult(
        hits=tuple(as_hits(searcher, found)[query.offset : limit]),
        total=total if query.count else 0,
        facets=_counted(searcher, built, replace(query, count=False)).facets,
    )


def _coverage(
    searcher: tantivy.Searcher,
    schema: tantivy.Schema,
    query: EngineQuery,
    hits: Sequence[EngineHit],
) -> dict[int, float]:
    among = Filters(level=query.filters.level, ids=tuple(hit.id for hit in hits))
    built = tantivy_query.share(schema, query.covered, among)
    found = searcher.search(built, len(hits), count=False)
    return {hit.id: min(1.0, hit.score) for hit in as_hits(searcher, found.hits)}


def passing(
    searcher: tantivy.Searcher, schema: tantivy.Schema, filters: Filters
) -> tuple[Sequence[int], Sequence[int]]:
    """Return ids and versions of all documents that pass the filters."""
    built = tantivy_query.build(schema, EngineQuery(filters=filters))
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
    schema: tantivy.Schema,
    query: EngineQuery,
    limit: int,
    then: Sequence[Term],
) -> Found | None:
    """The best in two steps; None where that does not find all of them, or is not quicker.

    tantivy skips what cannot be among the best only where nothing is asked but words. Where most
    documents pass, that saves more than it takes to ask for the filters afterwards. The terms of
    `then` are looked up in what the others find.
    """
    broad = _broad(query)
    fetch = (2 * limit if broad else limit) + 20
    scored = query.should and not any(term.constant for term in query.should)
    only_hits = not (query.count or query.facets)
    if not (scored and only_hits and (broad or then)) or (then and fetch > MOST_LOOKED_UP):
        return None
    by_first = replace(query, should=query.should[: len(query.should) - len(then)])
    asked = (
        tantivy_query.any_of(schema, by_first.should)
        if broad
        else tantivy_query.build(schema, by_first)
    )
    found: Found = searcher.search(asked, fetch, count=False).hits  # type: ignore[assignment]
    full = len(found) == fetch
    if then and not full:
        return None
    ids: Sequence[int] = searcher.fast_field_values("id", [a for _, a in found])  # type: ignore[assignment]
    more = _passing(searcher, schema, query, ids, then)
    kept = [hit for hit, id_ in zip(found, ids, strict=True) if id_ in more]
    if full and not (len(kept) >= limit and _rounded(found[-1][0]) < _rounded(kept[limit - 1][0])):
        return None
    added = [
        (score + more[id_], address)
        for id_, (score, address) in zip(ids, found, strict=True)
        if id_ in more
    ]
    return sorted(added, key=lambda hit: -hit[0])


def _passing(
    searcher: tantivy.Searcher,
    schema: tantivy.Schema,
    query: EngineQuery,
    ids: Sequence[int],
    then: Sequence[Term],
) -> dict[int, float]:
    """Those of the documents that pass what filters, with what the terms of `then` add."""
    among = replace(query.filters, ids=tuple(ids))
    filtered = tantivy_query.build(schema, replace(query, should=(), coverage=None, filters=among))
    asked = tantivy_query.adding(schema, filtered, then)
    hits: Any = searcher.search(asked, max(1, len(ids)), count=False).hits
    passed: Sequence[Any] = searcher.fast_field_values("id", [address for _, address in hits])
    return {int(id_): score for id_, (score, _) in zip(passed, hits, strict=True)}


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
