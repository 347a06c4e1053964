"""An engine that answers each question of one search once, for its later steps ask much again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from search.engine.protocol import Engine, EngineQuery, EngineResult


def once(engine: Engine) -> Engine:
    """``engine`` for one search: what was asked before is not asked again."""
    return cast(Engine, _Once(engine))


class _Once:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._known: list[tuple[EngineQuery, EngineResult]] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    def search(self, query: EngineQuery) -> EngineResult:
        """Return one page of hits."""
        return self.search_all([query])[0]

    def search_all(self, queries: Sequence[EngineQuery]) -> list[EngineResult]:
        """Return a page of hits for each query."""
        results = [self._known_of(query) for query in queries]
        if new := [query for query, known in zip(queries, results, strict=True) if known is None]:
            fresh = self._engine.search_all(new)
            self._known += zip(new, fresh, strict=True)
            rest = iter(fresh)
            return [next(rest) if known is None else known for known in results]
        return [known for known in results if known is not None]

    def _known_of(self, query: EngineQuery) -> EngineResult | None:
        """Few questions are kept, most of which share their terms: to compare is quick."""
        return next((result for known, result in self._known if known == query), None)
