"""P7: pages of articles over HTTP: ours kept and made anew, plain Wagtail's, and an empty view.

The same articles on the same server, in turns. The plain project converts Markdown while the page
is made and has the way to it and five related ones; `tests.bench.plain` is all of it.
"""

from __future__ import annotations

import statistics
from typing import Any

from .http_load import rate
from .plain_project import like_ours
from .site import ours_of, prepare, served

GOAL = 10.0
PAGES, VISITORS, ROUNDS, SECONDS = 40, 8, 5, 2.0


def run(size: int) -> dict[str, Any]:
    """Pages a second of each (median of the rounds), and ours by plain Wagtail's."""
    prepare(size)
    plain = like_ours(size)
    plain.fill(size)
    pages = plain.pages(PAGES)
    theirs = [page["path"] for page in pages]
    found = ours_of(page["title"] for page in pages)
    ours = [found[page["title"]].get_url() for page in pages]
    with served() as kept, served(PAGE_CACHE_SECONDS="0") as made, plain.served() as other:
        turns = {
            "ours, kept": (kept.address, ours),
            "plain": (other.address, theirs),
            "ours, made anew": (made.address, ours),
            "empty view": (kept.address, ["/bench/empty"]),
        }
        for address, paths in turns.values():
            rate(address, paths, VISITORS, SECONDS)
        rounds = [
            {name: rate(*where, VISITORS, SECONDS) for name, where in turns.items()}
            for _ in range(ROUNDS)
        ]
    ratio = statistics.median(each["ours, kept"] / each["plain"] for each in rounds)
    return {
        "articles": size,
        **{
            f"{name}/s": round(statistics.median(each[name] for each in rounds), 1)
            for name in turns
        },
        "times plain": round(ratio, 1),
        "goal": GOAL,
        "reached": ratio >= GOAL,
    }


if __name__ == "__main__":
    from tests.bench.__main__ import main

    main(["p7"])
