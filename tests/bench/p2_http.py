"""P2: search over HTTP, against an empty view on the same server, in one run."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from .http_load import rate
from .questions import questions
from .site import prepare, served

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
    with served() as address:
        for each in (["/bench/empty"], paths):
            rate(address, each, VISITORS, 2.0)
        empty = rate(address, ["/bench/empty"], VISITORS, SECONDS)
        search = rate(address, paths, VISITORS, SECONDS)
    return {
        "articles": size,
        "empty view/s": round(empty, 1),
        "search/s": round(search, 1),
        "ratio": round(search / empty, 3),
        "goal": GOAL,
        "reached": search / empty >= GOAL,
    }


if __name__ == "__main__":
    from tests.bench.__main__ import main

    main(["p2"])
