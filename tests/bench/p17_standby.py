"""P17: searches over HTTP while Elasticsearch fails: refuses, hangs, or is slow.

Several visitors ask at a steady pace; in their midst the wire to Elasticsearch is cut, held or
slowed. So the requests under way, those before the breaker opens and those afterwards all count,
and so does what a web server that is started during the failure answers first.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import requests

from .cluster import NoCluster, address, place, site_in
from .http_load import paced
from .questions import questions
from .site import prepare, served
from .timing import percentiles

GOAL_S = 1.0
VISITORS, A_SECOND, SECONDS = 6, 1.5, 15
#: Seconds until this node has filled its standby; until the engine has been found again.
PATIENCE, RETURN = 300.0, 40.0
FAILURES = {"refuses": "cut", "hangs": "held", "is slow": "slow"}


def run(size: int) -> dict[str, Any]:
    """p50, p95 and p99 in milliseconds of each failure, and how long until the engine answers
    again."""
    from tests.faults.wire import Wire

    try:
        address()
    except NoCluster as missing:
        return {"skipped": str(missing)}
    prepare(size)
    from search.index import rebuild

    figures: dict[str, Any] = {}
    with place() as there, site_in(there) as environment:
        rebuild.rebuild()
        wire = Wire(address())
        environment["ELASTICSEARCH_URL"] = wire.url
        try:
            with served(**environment) as server:
                _filled(server.address)
                _asked(server.address, 8)  # a server that has just been started is slow at first
                figures["while it is well"] = percentiles(_asked(server.address, 0))
                for position, (name, state) in enumerate(FAILURES.items(), 1):
                    figures |= _failing(server.address, wire, name, state, position)
            for name, state in FAILURES.items():
                wire.fail(state)
                with served(**environment) as server:
                    figures[f"{name}, server just started"] = percentiles(_asked(server.address, 9))
                wire.state = "whole"
        finally:
            wire.close()
    failing = [each for each in figures.values() if "p99" in each][1:]
    return {
        "articles": size,
        "visitors": VISITORS,
        **figures,
        "goal p99 ms": 1000 * GOAL_S,
        "reached": all(each["p99"] <= 1000 * GOAL_S for each in failing),
    }


def _failing(address: str, wire: Any, name: str, state: str, seed: int) -> dict[str, Any]:
    import threading

    threading.Timer(2.0, wire.fail, [state]).start()
    found = {name: percentiles(_asked(address, seed))}
    wire.state = "whole"
    started = time.perf_counter()
    while _as_of(address) and time.perf_counter() - started < RETURN:
        time.sleep(0.2)
    found[f"{name}, until it is asked again"] = {"s": round(time.perf_counter() - started, 1)}
    return found


def _asked(address: str, seed: int) -> list[float]:
    """Seconds of each request. Nobody asks the same twice, so that no answer is a remembered
    one."""
    return paced(address, [_paths(seed * VISITORS + n) for n in range(VISITORS)], A_SECOND)


def _paths(seed: int) -> Sequence[str]:
    number = int(A_SECOND * SECONDS)
    asked = [each for of_class in questions(number, seed).values() for each in of_class]
    kinds = ("/api/v1/search?", "/api/v1/suggest?")
    return [
        kinds[typing] + urlencode({"q": text, "locale": locale})
        for text, locale, typing in asked[seed % 7 :: len(asked) // number][:number]
    ]


def _filled(address: str) -> None:
    """Wait for the standby: a first search has begun it."""
    from search.index.models import StandbyNode

    started = time.perf_counter()
    _as_of(address)
    while not StandbyNode.objects.filter(filled__isnull=False).exists():
        if time.perf_counter() - started > PATIENCE:
            raise RuntimeError(f"After {PATIENCE} s there is no standby.")
        time.sleep(0.5)


def _as_of(address: str) -> str | None:
    """The time of the standby's content, where it answers; by one of the server's processes."""
    asked = {"q": f"page {time.time_ns()}"}
    found = requests.get(f"{address}/api/v1/search", params=asked, timeout=30)
    found.raise_for_status()
    return found.json().get("as_of")


if __name__ == "__main__":
    from tests.bench.__main__ import main

    main(["p17"])
