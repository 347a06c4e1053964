"""P14: from the publishing of a change to the search that finds it, and from unpublishing to none.

The process that publishes tells the engine itself after its commit; no worker is needed.
"""

from __future__ import annotations

import random
import string
import time
from typing import Any

from .site import prepare
from .timing import percentiles

GOAL_S, PATIENCE_S = 0.5, 30.0
TIMES = 30
#: Seconds between two changes: an editor's pace, and as fast as they can be made.
PACES = {"one by one": 1.0, "without a pause": 0.0}


def run(size: int) -> dict[str, Any]:
    """Milliseconds after ``publish()`` and ``unpublish()`` have returned.

    Without a pause a change waits for the engine to merge what the last one has left.
    """
    from search.index import generations

    prepare(size)
    figures = {}
    for name, pause in PACES.items():
        found, gone = _times(pause)
        figures[f"{name} · found"] = percentiles(found)
        figures[f"{name} · gone"] = percentiles(gone)
    generations.forget()
    return {
        "articles": size,
        **figures,
        "goal p95 ms": 1000 * GOAL_S,
        "reached": all(each["p95"] <= 1000 * GOAL_S for each in figures.values()),
    }


def _times(pause: float) -> tuple[list[float], list[float]]:
    from content.models import Category, FaqEntry

    shelf = Category.objects.filter(locale__language_code="en").first()
    found: list[float] = []
    gone: list[float] = []
    for _ in range(TIMES):
        word = _word()
        entry = FaqEntry(title=f"What is {word}?", locale=shelf.locale, live=False)
        shelf.add_child(instance=entry)
        entry.save_revision().publish()
        found.append(_wait(word, entry.pk, True))
        time.sleep(pause)
        FaqEntry.objects.get(pk=entry.pk).unpublish()
        gone.append(_wait(word, entry.pk, False))
        entry.delete()
        time.sleep(pause)
    return found, gone


def _word() -> str:
    """A word that no article has, nor one like it."""
    return "".join(random.choices(string.ascii_lowercase, k=14))


def _wait(word: str, pk: int, there: bool) -> float:
    from content.audience import Audience
    from search.lookup.query import Query
    from search.lookup.service import search

    started = time.perf_counter()
    query = Query(word, Audience.PUBLIC, "en", channel="test")
    while any(hit.id == pk for hit in search(query).hits) is not there:
        if time.perf_counter() - started > PATIENCE_S:
            raise RuntimeError(f"After {PATIENCE_S} s the index still tells of the old state.")
        time.sleep(0.005)
    return time.perf_counter() - started
