"""How much each field gave to the score of a hit: what `explain` shows."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from search.engine.protocol import Engine, EngineQuery, Filters, Term

_ALL_LEVELS = 3


def field_scores(
    terms: Iterable[Term], ids: Collection[int], engine: Engine
) -> dict[int, dict[str, float]]:
    """Id → field → the part of the score that the field gave; one trip for all fields.

    ``ids`` have been admitted to the reader before, and ``terms`` name fields he is matched on.
    """
    by_field: dict[str, list[Term]] = {}
    for term in terms:
        by_field.setdefault(term.field, []).append(term)
    if not ids or not by_field:
        return {}
    among = Filters(level=_ALL_LEVELS, ids=tuple(ids))
    queries = [
        EngineQuery(should=tuple(these), filters=among, limit=len(ids), count=False)
        for these in by_field.values()
    ]
    scores: dict[int, dict[str, float]] = {}
    for name, result in zip(by_field, engine.search_all(queries), strict=True):
        for hit in result.hits:
            scores.setdefault(hit.id, {})[name] = round(hit.score, 4)
    return scores
