"""Says an `EngineQuery` in tantivy's words."""

import math
from collections.abc import Iterable, Sequence

from tantivy import Occur, Query

from .fields import EXACT
from .protocol import COVERAGE_STEPS, Coverage, CoveredWord, EngineQuery, Filters, Term
from .tantivy_schema import LEVELS, key, schema

Clause = tuple[Occur, Query]


def build(query: EngineQuery) -> Query:
    """Return the whole query: scored terms, and everything else without a score."""
    clauses: list[Clause] = []
    if query.should:
        scored = [(Occur.Should, _scored(term)) for term in query.should]
        clauses.append((Occur.Must, Query.boolean_query(scored)))
    else:
        clauses.append((Occur.Must, _unscored(Query.all_query())))
    clauses += [(Occur.Must, _unscored(_term(term))) for term in query.must]
    clauses += [(Occur.MustNot, _term(term)) for term in query.must_not]
    clauses += _filters(query.filters)
    if query.coverage:
        clauses.append(_coverage(query.coverage))
    return Query.boolean_query(clauses)


def covering(words: Sequence[CoveredWord], ids: Sequence[int], level: int) -> Query:
    """Return a query whose score for each of `ids` is the mass that it covers."""
    scored: list[Clause] = [
        (Occur.Should, Query.const_score_query(_any(word.terms), word.mass)) for word in words
    ]
    scored.append((Occur.Should, _unscored(Query.all_query())))
    among = _filters(Filters(level=level, ids=tuple(ids)))
    return Query.boolean_query([(Occur.Must, Query.boolean_query(scored)), *among])


def _scored(term: Term) -> Query:
    if term.constant:
        return Query.const_score_query(_term(term), term.boost)
    found = Query.term_query(schema(), term.field, term.token, "freq")
    return found if term.boost == 1.0 else Query.boost_query(found, term.boost)


def _term(term: Term) -> Query:
    token = key(term.token) if term.field.endswith(EXACT) else term.token
    return Query.term_query(schema(), term.field, token, "basic")


def _any(terms: Iterable[Term]) -> Query:
    found = [_term(term) for term in terms]
    if len(found) == 1:
        return found[0]
    return Query.boolean_query([(Occur.Should, term) for term in found])


def _unscored(query: Query) -> Query:
    return Query.const_score_query(query, 0.0)


def _one_of(field: str, values: Sequence[str] | Sequence[int]) -> Query:
    if len(values) == 1:
        return Query.term_query(schema(), field, values[0], "basic")
    return Query.term_set_query(schema(), field, list(values))


def _filters(filters: Filters) -> list[Clause]:
    """Return the clauses; what few documents have is excluded, for that costs least."""
    kept: list[tuple[str, Sequence[str]]] = [("locale", filters.locales)]
    if filters.category is not None:
        kept.append(("categories", (str(filters.category),)))
    kept += [(name, (value,)) for name, value in _named(filters) if value]
    clauses = [(Occur.Must, _unscored(_one_of(name, values))) for name, values in kept if values]
    if filters.ids is not None:
        among = _one_of("id", filters.ids) if filters.ids else Query.empty_query()
        clauses.append((Occur.Must, _unscored(among)))
    above = tuple(range(filters.level + 1, LEVELS))
    dropped: list[tuple[str, Sequence[str] | Sequence[int]]] = [
        ("level", above),
        ("locale", filters.not_locales),
        ("also_in", filters.not_also_in),
        ("id", filters.not_ids),
    ]
    clauses += [(Occur.MustNot, _one_of(name, values)) for name, values in dropped if values]
    return clauses


def _named(filters: Filters) -> list[tuple[str, str]]:
    return [("kind", filters.kind), ("products", filters.product)]


def _coverage(coverage: Coverage) -> Clause:
    """Return "enough of the words' mass": each word stands as often as its share has steps."""
    steps = _steps([word.mass for word in coverage.words])
    clauses = [
        (Occur.Should, _any(word.terms))
        for word, times in zip(coverage.words, steps, strict=True)
        for _ in range(times)
    ]
    needed = max(1, math.ceil(coverage.minimum * sum(steps) - 1e-9))
    enough = Query.boolean_query(clauses, needed) if clauses else Query.empty_query()
    if coverage.reached:
        return (Occur.Must, _unscored(enough))
    return (Occur.MustNot, enough)


def _steps(masses: Sequence[float]) -> list[int]:
    """Share the steps out by mass, at least one to every word that has any."""
    whole = sum(masses)
    if whole <= 0:
        return [1] * len(masses)
    return [max(1, round(COVERAGE_STEPS * mass / whole)) if mass > 0 else 0 for mass in masses]
