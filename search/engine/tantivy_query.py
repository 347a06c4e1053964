"""Turns an engine query into tantivy's own."""

from collections.abc import Iterable, Sequence

import tantivy
from tantivy import Occur, Query

from .covering import repeats, smallest_sets
from .protocol import Coverage, CoveredWord, EngineQuery, Filters, Term, less_preferred

Clause = tuple[Occur, Query]
#: Values of a field that are asked for one by one.
_FEW = 100
#: Optional queries in one chain.
_CHAIN = 6


def build(schema: tantivy.Schema, query: EngineQuery) -> Query:
    """The whole query: one of `should` scores and matches; the rest only filters."""
    clauses = list(_filters(schema, query.filters))
    if query.should:
        clauses.append((Occur.Must, any_of(schema, query.should)))
    clauses += [(Occur.Must, _silent(_term(schema, term))) for term in query.must]
    clauses += [(Occur.MustNot, _term(schema, term)) for term in query.must_not]
    if query.coverage is not None:
        covered = _silent(covering(schema, query.coverage))
        clauses.append((Occur.Must if query.coverage.reached else Occur.MustNot, covered))
    return Query.boolean_query(clauses)


def any_of(schema: tantivy.Schema, terms: Iterable[Term]) -> Query:
    """Documents with at least one term, by the sum of the scores."""
    return Query.boolean_query([(Occur.Should, _term(schema, term)) for term in terms])


def covering(schema: tantivy.Schema, coverage: Coverage) -> Query:
    """Documents that cover the minimum, or hold what covers all."""
    whole = [_term(schema, term) for term in coverage.whole]
    if not any(word.mass for word in coverage.words):
        return _any(whole) if whole else Query.empty_query()
    return _any([*whole, _enough(schema, coverage)])


def _enough(schema: tantivy.Schema, coverage: Coverage) -> Query:
    held = [_one_of(schema, word.terms) for word in coverage.words]
    sets = smallest_sets(coverage)
    if sets is not None:
        return _any([_all([held[number] for number in each]) for each in sets])
    times, needed = repeats(coverage)
    clauses = [(Occur.Should, each) for each, n in zip(held, times, strict=True) for _ in range(n)]
    return Query.boolean_query(clauses, minimum_number_should_match=needed)


def _one_of(schema: tantivy.Schema, terms: Sequence[Term]) -> Query:
    return _any([_term(schema, term) for term in terms])


def _any(queries: Sequence[Query]) -> Query:
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def _all(queries: Sequence[Query]) -> Query:
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def share(schema: tantivy.Schema, words: Sequence[CoveredWord], among: Filters) -> Query:
    """Scores the given documents by the share of the words' mass that they cover."""
    total = sum(word.mass for word in words)
    shares = [
        Query.const_score_query(_one_of(schema, word.terms), word.mass / total)
        for word in words
        if word.mass
    ]
    return _looked_up(Query.boolean_query(list(_filters(schema, among))), shares)


def adding(schema: tantivy.Schema, among: Query, terms: Sequence[Term]) -> Query:
    """Scores the few documents of ``among`` (by which they score nothing) by ``terms``."""
    return _looked_up(among, [_term(schema, term) for term in terms])


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


def _term(schema: tantivy.Schema, term: Term) -> Query:
    query = Query.term_query(schema, term.field, term.token, index_option="freq")
    if term.constant:
        return Query.const_score_query(query, term.boost)
    return query if term.boost == 1.0 else Query.boost_query(query, term.boost)


def _filters(schema: tantivy.Schema, given: Filters) -> Iterable[Clause]:
    def among(name: str, values: Sequence[object]) -> Query:
        if len(values) > _FEW:
            return _silent(Query.term_set_query(schema, name, list(values)))
        # A set is gathered from all documents first; a term is only followed.
        return _silent(_any([Query.term_query(schema, name, v, "basic") for v in values]))

    yield Occur.Must, among("level", [str(level) for level in range(given.level + 1)])
    if given.locales:
        yield Occur.Must, among("locale", given.locales)
    if given.not_locales:
        yield Occur.MustNot, among("locale", given.not_locales)
    for locale, better in less_preferred(given):
        yield Occur.MustNot, _all([among("locale", [locale]), among("also_in", better)])
    for name, value in (
        ("categories", given.category),
        ("kind", given.kind),
        ("product", given.product),
    ):
        if value:
            yield Occur.Must, among(name, [str(value)])
    if given.ids is not None:
        yield Occur.Must, among("id", given.ids)
    if given.not_ids:
        yield Occur.MustNot, among("id", given.not_ids)


def _silent(query: Query) -> Query:
    """A query that filters and adds nothing to the score."""
    return Query.const_score_query(query, 0.0)
