"""Turns an engine query into tantivy's own."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from tantivy import Occur, Query

from .covering import repeats, smallest_sets
from .protocol import Coverage, CoveredWord, EngineQuery, Filters, Term, less_preferred
from .tantivy_schema import SCHEMA

Clause = tuple[Occur, Query]
#: Values of a field that are asked for one by one.
_FEW = 100
#: Optional queries in one chain.
_CHAIN = 6


def build(query: EngineQuery) -> Query:
    """The whole query: one of `should` scores and matches; the rest only filters."""
    clauses = list(_filters(query.filters))
    if query.should:
        clauses.append((Occur.Must, any_of(query.should)))
    clauses += [(Occur.Must, _silent(_term(term))) for term in query.must]
    clauses += [(Occur.MustNot, _term(term)) for term in query.must_not]
    if query.coverage is not None:
        covered = _silent(covering(query.coverage))
        clauses.append((Occur.Must if query.coverage.reached else Occur.MustNot, covered))
    return Query.boolean_query(clauses)


def any_of(terms: Iterable[Term]) -> Query:
    """Documents with at least one term, by the sum of the scores."""
    return Query.boolean_query([(Occur.Should, _term(term)) for term in terms])


def covering(coverage: Coverage) -> Query:
    """Documents that cover the minimum, or hold what covers all."""
    whole = [_term(term) for term in coverage.whole]
    if not any(word.mass for word in coverage.words):
        return _any(whole) if whole else Query.empty_query()
    return _any([*whole, _enough(coverage)])


def _enough(coverage: Coverage) -> Query:
    held = [_one_of(word.terms) for word in coverage.words]
    sets = smallest_sets(coverage)
    if sets is not None:
        return _any([_all([held[number] for number in each]) for each in sets])
    times, needed = repeats(coverage)
    clauses = [(Occur.Should, each) for each, n in zip(held, times, strict=True) for _ in range(n)]
    return Query.boolean_query(clauses, minimum_number_should_match=needed)


def _one_of(terms: Sequence[Term]) -> Query:
    return _any([_term(term) for term in terms])


def _any(queries: Sequence[Query]) -> Query:
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def _all(queries: Sequence[Query]) -> Query:
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def among(query: EngineQuery, ids: Iterable[int]) -> Query:
    """Those of the documents that pass what filters."""
    filters = replace(query.filters, ids=tuple(ids))
    return build(replace(query, should=(), coverage=None, filters=filters))


def share(among: Query, words: Sequence[CoveredWord]) -> Query:
    """Scores the few documents of ``among`` by the share of the words' mass that they cover."""
    total = sum(word.mass for word in words)
    shares = [
        Query.const_score_query(_one_of(word.terms), word.mass / total)
        for word in words
        if word.mass
    ]
    return _looked_up(among, shares)


def adding(among: Query, terms: Sequence[Term]) -> Query:
    """Scores the few documents of ``among`` (by which they score nothing) by ``terms``."""
    return _looked_up(among, [_term(term) for term in terms])


def _looked_up(among: Query, scored: Sequence[Query]) -> Query:
    """``among``, with the scores of what is looked up in each of its documents.

    A union of many would be read from end to end, four thousand documents at a time. One optional
    query under a required one is asked for a document only when that is there. Each level copies
    what is below it, so there are several chains of few.
    """
    chains = [_chain(scored[start : start + _CHAIN]) for start in range(0, len(scored), _CHAIN)]
    return Query.boolean_query([(Occur.Must, each) for each in (_silent(among), *chains)])


def _chain(scored: Sequence[Query]) -> Query:
    chain = _silent(Query.all_query())
    for each in scored:
        chain = Query.boolean_query([(Occur.Must, chain), (Occur.Should, each)])
    return chain


def _term(term: Term) -> Query:
    return _made(term.field, term.token, term.boost, term.constant)


@lru_cache(maxsize=4096)
def _made(field: str, token: str, boost: float, constant: bool) -> Query:
    """One search asks for a term several times, and the next ones for the commonest again."""
    query = Query.term_query(SCHEMA, field, token, index_option="freq")
    if constant:
        return Query.const_score_query(query, boost)
    return query if boost == 1.0 else Query.boost_query(query, boost)


def _filters(given: Filters) -> Iterable[Clause]:
    yield from _lasting(
        given.level,
        given.locales,
        given.not_locales,
        given.preferred,
        given.category,
        given.kind,
        given.product,
    )
    if given.ids is not None:
        yield Occur.Must, _among("id", given.ids)
    if given.not_ids:
        yield Occur.MustNot, _among("id", given.not_ids)


@lru_cache(maxsize=256)
def _lasting(
    level: int,
    locales: tuple[str, ...],
    not_locales: tuple[str, ...],
    preferred: tuple[str, ...],
    category: int | None,
    kind: str,
    product: str,
) -> tuple[Clause, ...]:
    """The filters that readers share."""
    clauses: list[Clause] = [(Occur.Must, _among("level", [str(n) for n in range(level + 1)]))]
    if locales:
        clauses.append((Occur.Must, _among("locale", locales)))
    if not_locales:
        clauses.append((Occur.MustNot, _among("locale", not_locales)))
    for locale, better in less_preferred(Filters(level, preferred=preferred)):
        both = _all([_among("locale", [locale]), _among("also_in", better)])
        clauses.append((Occur.MustNot, both))
    for name, value in (("categories", category), ("kind", kind), ("product", product)):
        if value:
            clauses.append((Occur.Must, _among(name, [str(value)])))
    return tuple(clauses)


def _among(name: str, values: Sequence[object]) -> Query:
    """Documents with one of the values in a field, without a score."""
    if len(values) > _FEW:
        return _silent(Query.term_set_query(SCHEMA, name, list(values)))
    # A set is gathered from all documents first; a term is only followed.
    return _silent(_any([Query.term_query(SCHEMA, name, value, "basic") for value in values]))


def _silent(query: Query) -> Query:
    """A query that filters and adds nothing to the score."""
    return Query.const_score_query(query, 0.0)
