"""Remembers answers: people ask the same things, and type the same beginnings.

An answer is remembered for one audience. It is given again while one statement (`standing`) says
that nothing which answers depend on has changed, and that its reader may see all of its hits now,
in the versions shown; so it is as new as one made now, but for what this process itself learns late
(words, thresholds, signals, the brand). What is written of an answer is kept with it, without the
id of the search, which each has for itself.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import Any

from search.index import generations
from search.index.generations import State

from .query import Query
from .results import Results
from .standing import Revisions, standing

#: Answers remembered by a process, and bytes of what is written of them.
MOST, MOST_BYTES = 1000, 24_000_000
#: Seconds after a change within which a process may not have learned all of it; for which an answer
#: made so soon is remembered, and a later one.
SETTLED, SOON, LATER = 60.0, 30.0, 600.0

Question = tuple[Any, ...]
#: What it depends on besides the answer, and its pieces between the ids of the search.
_Text = tuple[Hashable, tuple[bytes, ...]]


@dataclass(slots=True)
class _Kept:
    """An answer, until when (monotonic), and what it was made from."""

    until: float
    results: Results
    shown: Hashable
    revisions: Revisions
    size: int = 0


_kept: OrderedDict[Question, _Kept] = OrderedDict()
_size = 0
_since: tuple[Hashable, float] = (None, 0.0)
_lock = threading.Lock()


def recall(query: Query) -> tuple[Results | None, State]:
    """The answer to the same question, if all of it holds still, and the state: one query."""
    kept = None if query.explain else _found(_question(query))
    if kept is None:
        return None, generations.state()
    now = standing(kept.revisions, query.audience)
    holds = not now.state.changes_wait and now.state.shown == kept.shown
    return (kept.results if holds and now.revisions == kept.revisions else None), now.state


def remember(results: Results, revisions: Revisions, state: State) -> None:
    """Keep an answer with the versions the gate saw, unless a change was under way meanwhile."""
    global _since  # noqa: PLW0603
    query = results.query
    # What somebody merely tries has a negative tuning.
    if state.changes_wait or query.explain or state.tuning < 0:
        return
    now, shown = time.monotonic(), state.shown
    with _lock:
        if _since[0] != shown:
            _since = (shown, now)
        lasts = LATER if now - _since[1] > SETTLED else SOON
        _forget(_question(query))
        anybodys = replace(results, query=replace(query, journey=None))
        _kept[_question(query)] = _Kept(now + lasts, anybodys, shown, revisions)
        _trim()


def written(results: Results, name: str, of: Hashable = None) -> bytes | None:
    """What was written of this answer before, with the id of this search in place of that one's.

    ``of`` is all that the text depends on besides the answer.
    """
    known: _Text | None = results.made.get(name)
    if known is None or known[0] != of:
        return None
    return results.query_id.encode().join(known[1])


def keep_written(results: Results, name: str, text: bytes, of: Hashable = None) -> bytes:
    """Keep, and return, what was written of an answer; of each ``name`` the latest.

    Nothing in it may be the caller's own, but the id of the search, wherever it stands. Of an
    answer that is not remembered it goes with the answer.
    """
    global _size
    pieces = tuple(text.split(results.query_id.encode()))
    with _lock:
        kept = _kept.get(_question(results.query))
        if kept is not None and kept.results.made is results.made:
            before: _Text | None = results.made.get(name)
            more = len(text) - (sum(map(len, before[1])) if before else 0)
            kept.size, _size = kept.size + more, _size + more
            results.made[name] = (of, pieces)
            _trim()
    return text


def forget() -> None:
    """Remember nothing (tests)."""
    global _size, _since
    with _lock:
        _kept.clear()
        _size, _since = 0, (None, 0.0)


def _found(question: Question) -> _Kept | None:
    with _lock:
        kept = _kept.get(question)
        if kept is None:
            return None
        if time.monotonic() > kept.until:
            _forget(question)
            return None
        _kept.move_to_end(question)
        return kept


def _forget(question: Question) -> None:
    global _size  # noqa: PLW0603
    if gone := _kept.pop(question, None):
        _size -= gone.size


def _trim() -> None:
    while _kept and (len(_kept) > MOST or _size > MOST_BYTES):
        _forget(next(iter(_kept)))


def _question(query: Query) -> Question:
    """All that makes two searches the same, but for who asks and where."""
    return (
        query.text,
        query.audience,
        query.locale,
        query.category,
        query.kind,
        query.product,
        query.limit,
        query.offset,
        query.prefix,
        query.spelling,
        query.mode,
        query.signals,
        query.facets,
    )
