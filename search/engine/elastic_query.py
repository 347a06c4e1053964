"""Turns an engine query into the body of a `_search`."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .covering import repeats, smallest_sets
from .protocol import (
    FACETS,
    Coverage,
    EngineQuery,
    Filters,
    Term,
    less_preferred,
)

Clause = dict[str, Any]

MOST_FACETS = 200
_NUMBERS = ["id", "version"]


def body(query: EngineQuery, size: int) -> dict[str, Any]:
    """A whole request for the first `size` hits: numbers only, by score and then by id."""
    by_id: list[Any] = [{"id": "asc"}]
    made: dict[str, Any] = {
        "query": build(query),
        "sort": ["_score", *by_id] if query.should else by_id,
        "size": size,
        "track_total_hits": query.count,
        **numbers(),
    }
    if facets := [name for name in query.facets if name in FACETS]:
        made["aggs"] = {name: {"terms": {"field": name, "size": MOST_FACETS}} for name in facets}
    return made


def build(query: EngineQuery) -> Clause:
    """The whole query: one of `should` scores and matches; the rest only filters."""
    filters = [*_required(query.filters), *map(_term, query.must)]
    refused = [*_refused(query.filters), *map(_term, query.must_not)]
    if query.coverage is not None:
        (filters if query.coverage.reached else refused).append(covering(query.coverage))
    made: dict[str, Any] = {"filter": filters}
    if refused:
        made["must_not"] = refused
    names = _names(query)
    if query.should:
        made["should"] = [
            _term(term, names.pop((term.field, term.token), "")) for term in query.should
        ]
        made["minimum_should_match"] = 1
    if not names:
        return {"bool": made}
    besides = [_silent(*each, name) for each, name in names.items()]
    return {"bool": {"must": {"bool": made}, "should": besides}}


def passing(filters: Filters) -> Clause:
    """Documents that pass the filters."""
    made: dict[str, Any] = {"filter": list(_required(filters))}
    if refused := list(_refused(filters)):
        made["must_not"] = refused
    return {"bool": made}


def _names(query: EngineQuery) -> dict[tuple[str, str], str]:
    """A name for each (field, token) of which is to be known which hits have it."""
    terms = [term for word in query.covered if word.mass for term in word.terms]
    return {each: str(n) for n, each in enumerate(dict.fromkeys((t.field, t.token) for t in terms))}


def _silent(field: str, token: str, name: str) -> Clause:
    """Says whether a hit has it, and counts nothing."""
    return {"constant_score": {"filter": {"term": {field: token}}, "boost": 0, "_name": name}}


def covering(coverage: Coverage) -> Clause:
    """Documents that cover the minimum, or hold what covers all."""
    whole = [_any_of(coverage.whole)] if coverage.whole else []
    if not any(word.mass for word in coverage.words):
        return whole[0] if whole else {"match_none": {}}
    return _any([*whole, _enough(coverage)])


def _enough(coverage: Coverage) -> Clause:
    held = [_any_of(word.terms) for word in coverage.words]
    sets = smallest_sets(coverage)
    if sets is not None:
        return _any([_all([held[number] for number in each]) for each in sets])
    times, needed = repeats(coverage)
    clauses = [each for each, n in zip(held, times, strict=True) for _ in range(n)]
    return {"bool": {"should": clauses, "minimum_should_match": needed}}


def _any(clauses: list[Clause]) -> Clause:
    return clauses[0] if len(clauses) == 1 else {"bool": {"should": clauses}}


def _all(clauses: list[Clause]) -> Clause:
    return clauses[0] if len(clauses) == 1 else {"bool": {"filter": clauses}}


def shares(query: EngineQuery, hits: Iterable[Mapping[str, Any]]) -> dict[int, float]:
    """What each hit covers of the words asked about, by the clauses that it matches."""
    total = sum(word.mass for word in query.covered)
    if not total:
        return {}
    names = _names(query)
    words = [
        (word.mass / total, {names[term.field, term.token] for term in word.terms})
        for word in query.covered
        if word.mass
    ]
    return {
        hit["fields"]["id"][0]: min(1.0, sum(m for m, terms in words if matched & terms))
        for hit in hits
        for matched in [set(hit.get("matched_queries", ()))]
    }


def counted(tokens: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """A request that counts the documents of each (field, token), by the place of the pair."""
    filters = [{"term": {field: token}} for field, token in tokens]
    return {
        "size": 0,
        "track_total_hits": False,
        "aggs": {"tokens": {"filters": {"filters": filters}}},
    }


def page_of_versions(after: list[Any] | None, size: int) -> dict[str, Any]:
    """A request for ids and versions of all documents that are not tombstones, by id."""
    made: dict[str, Any] = {
        "query": {"exists": {"field": "level"}},
        "sort": [{"id": "asc"}],
        "size": size,
        "track_total_hits": False,
        **numbers(),
    }
    return {**made, "search_after": after} if after else made


def numbers() -> dict[str, Any]:
    """What of a hit is asked for: its id and version."""
    return {"stored_fields": "_none_", "docvalue_fields": _NUMBERS}


def _term(term: Term, name: str = "") -> Clause:
    named = {"_name": name} if name else {}
    if term.constant:
        found = {"term": {term.field: term.token}}
        return {"constant_score": {"filter": found, "boost": term.boost, **named}}
    if term.boost == 1.0 and not name:
        return {"term": {term.field: term.token}}
    return {"term": {term.field: {"value": term.token, "boost": term.boost, **named}}}


def _any_of(terms: Iterable[Term]) -> Clause:
    """Documents with at least one of the terms, in one clause a field."""
    by_field: defaultdict[str, list[str]] = defaultdict(list)
    for term in terms:
        by_field[term.field].append(term.token)
    clauses: list[Clause] = [
        {"term": {field: tokens[0]}} if len(tokens) == 1 else {"terms": {field: tokens}}
        for field, tokens in by_field.items()
    ]
    return _any(clauses)


def _required(given: Filters) -> Iterator[Clause]:
    yield {"terms": {"level": [str(level) for level in range(given.level + 1)]}}
    if given.locales:
        yield {"terms": {"locale": list(given.locales)}}
    for name, value in (
        ("categories", given.category),
        ("kind", given.kind),
        ("product", given.product),
    ):
        if value:
            yield {"term": {name: str(value)}}
    if given.ids is not None:
        yield _identified(given.ids)


def _refused(given: Filters) -> Iterator[Clause]:
    if given.not_locales:
        yield {"terms": {"locale": list(given.not_locales)}}
    for locale, better in less_preferred(given):
        yield _all([{"term": {"locale": locale}}, {"terms": {"also_in": better}}])
    if given.not_ids:
        yield _identified(given.not_ids)


def _identified(ids: Iterable[int]) -> Clause:
    return {"ids": {"values": [str(id_) for id_ in ids]}}
