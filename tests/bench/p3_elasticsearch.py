"""P3: the search service on Elasticsearch, beside the bare `_search` of the same bodies."""

from __future__ import annotations

import os
import time
from typing import Any

from .cluster import NoCluster, address, place
from .questions import questions
from .site import prepare
from .timing import percentiles

EACH = 100
#: The service may take this many times as long as the bare searches, and so many ms besides.
TIMES, BESIDES_MS = 1.2, 3.0


def run(size: int) -> dict[str, Any]:
    """Milliseconds of both by class of question, and whether each p50 and p95 reaches the goal."""
    try:
        address()
    except NoCluster as missing:
        return {"skipped": str(missing)}
    prepare(size)
    from .parity import batches

    with place() as generations:
        engine = generations.create("one")
        list(engine.fill(batches()))
        result: dict[str, Any] = {"articles": size, "goal": f"{TIMES} x raw + {BESIDES_MS} ms"}
        every: list[tuple[float, float]] = []
        for name, asked in questions(int(os.environ.get("EACH", EACH))).items():
            measured = _measure(engine, asked)
            every += measured
            result[name] = _figures(measured)
        result["all"] = _figures(every)
    result["reached"] = all(
        result["all"]["service"][p] <= TIMES * result["all"]["raw"][p] + BESIDES_MS
        for p in ("p50", "p95")
    )
    return result


def _figures(measured: list[tuple[float, float]]) -> dict[str, Any]:
    service, raw = zip(*measured, strict=True)
    within = sum(s <= TIMES * r + BESIDES_MS / 1000 for s, r in measured) / len(measured)
    return {
        "service": percentiles(service),
        "raw": percentiles(raw),
        "within": {"share": round(within, 3)},
    }


def _measure(engine: Any, asked: list[tuple[str, str, bool]]) -> list[tuple[float, float]]:
    from content.audience import Audience
    from search.lookup.query import Query
    from search.lookup.service import search

    from .parity import OnIndex

    library = OnIndex("bench", engine)
    measured = []
    for text, locale, typing in asked:
        query = Query(text, Audience.PUBLIC, locale, prefix=typing, channel="test")
        bodies = _bodies(engine, lambda q=query: search(q, library))
        service = _timed(lambda q=query: search(q, library))
        raw = _timed(lambda b=bodies: _bare(engine, b))
        measured.append((service, raw))
    return measured


def _bodies(engine: Any, call: Any) -> list[list[dict[str, Any]]]:
    """The requests that a search makes, as they go to the server."""
    sent: list[list[dict[str, Any]]] = []
    asked = type(engine)._asked

    def listen(bodies: Any, *more: Any) -> Any:
        sent.append(list(bodies))
        return asked(engine, bodies, *more)

    engine._asked = listen
    try:
        call()
    finally:
        del engine._asked
    return [bodies for bodies in sent if "aggs" not in bodies[0] or "query" in bodies[0]]


def _bare(engine: Any, requests: list[list[dict[str, Any]]]) -> None:
    """The same requests with the client alone."""
    client = engine._connection.searching
    for bodies in requests:
        if len(bodies) == 1:
            client.search(index=engine.reads, body=bodies[0])
        else:
            header = {"index": engine.reads}
            client.msearch(searches=[line for body in bodies for line in (header, body)])


def _timed(call: Any) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started
