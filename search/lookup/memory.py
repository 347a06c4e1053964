"""Remembers answers for a moment: people ask the same things, and type the same beginnings.

An answer is remembered for one audience and one state of the index, forgotten with any change of
it, and passes the gate again each time: nothing is shown that the database does not admit now.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from dataclasses import replace

from search.index.generations import State

from .gate import revisions
from .query import Query
from .results import Results

#: Answers remembered by a process, and for how many seconds.
MOST, SECONDS = 1000, 30.0

Key = tuple[Query, str, int, int]

_kept: OrderedDict[Key, tuple[float, Results, dict[int, int | None]]] = OrderedDict()
_lock = threading.Lock()


def remembered(query: Query, state: State) -> Results | None:
    """The answer to the same question, if nothing has changed and all of it may be shown still."""
    if state.changes_wait or query.explain:
        return None
    key = _key(query, state)
    with _lock:
        at, results, revisions = _kept.get(key, (0.0, None, {}))
    if results is None or time.monotonic() - at > SECONDS:
        return None
    return results if _revisions(query, results) == revisions else None


def remember(results: Results, revisions: dict[int, int | None], state: State) -> None:
    """Keep an answer with the versions the gate saw, unless a change was under way meanwhile."""
    query = results.query
    # What somebody merely tries has a negative tuning.
    if state.changes_wait or query.explain or state.tuning < 0:
        return
    kept = replace(results, query=replace(query, journey=None))
    entry = (time.monotonic(), kept, revisions)
    with _lock:
        _kept[_key(query, state)] = entry
        while len(_kept) > MOST:
            _kept.popitem(last=False)


def forget() -> None:
    """Remember nothing (tests)."""
    with _lock:
        _kept.clear()


def _key(query: Query, state: State) -> Key:
    return replace(query, journey=None, channel=""), state.name, state.changes, state.tuning


def _revisions(query: Query, results: Results) -> dict[int, int | None]:
    """The live version of each hit that the reader may see at this moment."""
    return revisions([hit.id for hit in (*results.hits, *results.perhaps)], query.audience)
