"""P12: what recording adds to a search: each is asked recorded and not, in turns."""

from __future__ import annotations

import time
from typing import Any

from .questions import questions
from .site import prepare
from .timing import percentiles

GOAL_MS = 2.0
EACH = 100
#: Seconds for the writing thread to end what the warming up gave it.
_SETTLED = 1.0


def run(size: int) -> dict[str, Any]:
    """Both medians in milliseconds, and by how much they differ."""
    from content.audience import Audience
    from search.journeys import Journey, recorder
    from search.lookup import memory
    from search.lookup.query import Query
    from search.lookup.service import search

    prepare(size)
    texts = [(text, locale) for made in questions(EACH).values() for text, locale, _ in made]

    def once(number: int, text: str, locale: str, recorded: bool) -> float:
        memory.forget()
        journey = Journey(f"bench-{number % 97:012d}") if recorded else None
        query = Query(text, Audience.PUBLIC, locale, journey=journey)
        started = time.perf_counter()
        search(query)
        return time.perf_counter() - started

    for number, (text, locale) in enumerate(texts[:EACH]):
        once(number, text, locale, recorded=True)
    time.sleep(_SETTLED)
    recorded: list[float] = []
    bare: list[float] = []
    for number, (text, locale) in enumerate(texts):
        # The first of the two pays for what caches do not have yet: they take turns.
        for is_recorded in (True, False) if number % 2 else (False, True):
            times = recorded if is_recorded else bare
            times.append(once(number, text, locale, is_recorded))
    recorder.flush()
    with_it, without = percentiles(recorded), percentiles(bare)
    added = round(with_it["p50"] - without["p50"], 2)
    return {
        "articles": size,
        "recorded": with_it,
        "not recorded": without,
        "added at the median ms": added,
        "goal ms": GOAL_MS,
        "reached": added <= GOAL_MS,
    }
