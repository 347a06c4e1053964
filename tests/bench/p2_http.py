"""P2: search over HTTP, against an empty view on the same server, in one run."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from .http_load import paced, rate
from .questions import questions
from .site import WORKERS, prepare, served

GOAL = 0.6
VISITORS, SECONDS = 8, 8.0


def run(size: int) -> dict[str, Any]:
    """Answers a second of the API's search and of an empty view, and their ratio."""
    prepare(size)
    paths = [
        "/api/v1/search?" + urlencode({"q": text, "locale": locale})
        for name, each in questions(60).items()
        if name != "prefixes"
        for text, locale, _ in each
    ]
    with served() as server:
        address = server.address
        rate(address, ["/bench/empty"], VISITORS, 2.0)
        empty = rate(address, ["/bench/empty"], VISITORS, SECONDS)
        first = rate(
            address,
            [f"{path}&offset={n % 9}" for n, path in enumerate(paths * 9)],
            VISITORS,
            SECONDS,
        )
        for _ in range(2 * WORKERS):
            paced(address, [paths], 1000.0)
        again = rate(address, paths, VISITORS, SECONDS)
    return {
        "articles": size,
        "empty view/s": round(empty, 1),
        "search/s, asked for the first time": round(first, 1),
        "search/s, asked again within 30 s": round(again, 1),
        "ratio": round(first / empty, 3),
        "ratio, asked again": round(again / empty, 3),
        "goal": GOAL,
        "reached": first / empty >= GOAL,
        "reached, asked again": again / empty >= GOAL,
    }


if __name__ == "__main__":
    from tests.bench.__main__ import main

    main(["p2"])
