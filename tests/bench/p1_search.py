"""P1: the search service in process, beside raw tantivy with the same terms, in one run."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Any

from .questions import questions
from .site import prepare
from .timing import percentiles

GOAL_MS = 15.0
EACH = 200


def run(size: int) -> dict[str, Any]:
    """p50, p95 and p99 in milliseconds for each class of question, over ``size`` articles."""
    seconds = prepare(size)
    asked = questions(int(os.environ.get("EACH", EACH)))
    result: dict[str, Any] = {"articles": size, "made in s": seconds, "goal p95 ms": GOAL_MS}
    every: list[float] = []
    for name, each in asked.items():
        service, raw = _measure(each)
        every += service
        result[name] = {"service": percentiles(service), "tantivy": percentiles(raw)}
    result["all"] = {"service": percentiles(every)}
    result["reached"] = result["all"]["service"]["p95"] <= GOAL_MS
    return result


def _measure(asked: list[tuple[str, str, bool]]) -> tuple[list[float], list[float]]:
    from content.audience import Audience
    from search.engine.protocol import EngineQuery, Filters
    from search.index import engine
    from search.lookup import memory
    from search.lookup.query import Query
    from search.lookup.service import search
    from search.lookup.understand import understand

    service: list[float] = []
    raw: list[float] = []
    index = engine()
    for text, locale, typing in asked:
        query = Query(text, Audience.PUBLIC, locale, prefix=typing, channel="test")
        search(query)
        memory.forget()  # what is measured is the search, not the memory of it
        service.append(_timed(lambda q=query: search(q)))  # type: ignore[misc]
        terms = understand(query, index).terms
        plain = EngineQuery(should=terms, filters=Filters(level=0, locales=(locale,)))
        raw.append(_timed(lambda q=plain: index.search(q)))  # type: ignore[misc]
    return service, raw


def _timed(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


if __name__ == "__main__":
    from tests.bench.__main__ import main

    main(["p1"])
