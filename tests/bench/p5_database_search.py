"""P5: the search service beside Wagtail's own database search, on the same articles.

Both answer in process with their first ten results, in turns, question by question: ours with the
embedded engine and nothing remembered (passages, gate and all rescues included), theirs with
`Article.objects.live().filter(locale=…).search(text)` on title, summary and body. A question's
figure is the median of its rounds. Questions that their search refuses with an error (SQLite's FTS5
takes some characters for its own syntax) are counted and left out; beginnings of words as well,
which it has another call for.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from .plain_project import NoPostgreSQL, PlainProject, on_postgresql, on_sqlite
from .questions import questions
from .site import prepare
from .timing import percentiles

GOALS = {"sqlite": 1000, "postgresql": 100}
#: Questions of a class, and how often each is asked: SQLite takes seconds for one.
EACH, ROUNDS = 5, 3

#: Seconds of each round, by who was asked; a round that was refused is missing.
Times = dict[str, list[float]]


def run(size: int) -> dict[str, Any]:
    """Milliseconds by class of question, and how many times as fast ours is by the median."""
    prepare(size)
    result: dict[str, Any] = {"articles": size}
    projects: dict[str, PlainProject] = {"sqlite": on_sqlite()}
    try:
        projects["postgresql"] = on_postgresql(size)
    except NoPostgreSQL as missing:
        result["postgresql"] = {"skipped": str(missing)}
    for project in projects.values():
        project.fill(size)
    every: list[Times] = []
    with ExitStack() as stack:
        asked = {name: stack.enter_context(each.asked()) for name, each in projects.items()}
        _measure("warming up", "en", asked)
        for name, each in questions(int(os.environ.get("EACH", EACH))).items():
            if name == "prefixes":
                continue
            measured = [_measure(text, locale, asked) for text, locale, _ in each]
            every += measured
            result[name] = _figures(measured, list(asked))
    result["all"] = _figures(every, list(asked))
    result["goal"] = {name: f"{GOALS[name]} x" for name in asked}
    result["reached"] = {name: result["all"][name]["times"] >= GOALS[name] for name in asked}
    return result


def _measure(text: str, locale: str, others: dict[str, Callable[[str, str], dict]]) -> Times:
    times: Times = {"ours": [], **{name: [] for name in others}}
    for _ in range(int(os.environ.get("ROUNDS", ROUNDS))):
        times["ours"].append(_ours(text, locale))
        for name, ask in others.items():
            answer = ask(text, locale)
            if "error" not in answer:
                times[name].append(answer["seconds"])
    return times


def _ours(text: str, locale: str) -> float:
    from content.audience import Audience
    from search.lookup import memory
    from search.lookup.query import Query
    from search.lookup.service import search

    memory.forget()  # what is measured is the search, not the memory of it
    started = time.perf_counter()
    search(Query(text, Audience.PUBLIC, locale, channel="test"))
    return time.perf_counter() - started


def _figures(measured: list[Times], others: list[str]) -> dict[str, Any]:
    medians = [{name: statistics.median(t) for name, t in each.items() if t} for each in measured]
    figures: dict[str, Any] = {"ours": percentiles([each["ours"] for each in medians])}
    for name in others:
        both = [(each["ours"], each[name]) for each in medians if name in each]
        if not both:
            figures[name] = {"times": 0.0, "refused": len(medians)}
            continue
        ours, theirs = zip(*both, strict=True)
        figures[name] = {
            **percentiles(theirs),
            "refused": len(medians) - len(both),
            "times": round(statistics.median(theirs) / statistics.median(ours)),
        }
    return figures


if __name__ == "__main__":
    from tests.bench.__main__ import main

    main(["p5"])
