"""What is in force in this process, and for one caller that tries something else."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace

from .rules import NOTHING, Tuning

_lock = threading.Lock()
_loaded: Tuning = NOTHING
_tried: ContextVar[Tuning | None] = ContextVar("tried_tuning", default=None)
_numbers = itertools.count(1)


def current() -> Tuning:
    """What is in force for the caller: as of the last look at the version, or what it tries."""
    return _tried.get() or _loaded


def follow(version: int) -> int:
    """Have the rows of ``version`` in force in this process; returns the version in force here.

    Read again only where the version is another one: a few queries after each change.
    """
    global _loaded  # noqa: PLW0603
    if tried := _tried.get():
        return tried.version
    if _loaded.version != version:
        from .loading import load

        fresh = load(version) if version else NOTHING
        with _lock:
            _loaded = fresh
    return version


@contextmanager
def trying(tuning: Tuning) -> Iterator[Tuning]:
    """Search and analyse with ``tuning`` inside the block, in this thread only.

    Its version is negative and its own, so that no answer given here is remembered for others.
    """
    tried = replace(tuning, version=-next(_numbers))
    token = _tried.set(tried)
    try:
        yield tried
    finally:
        _tried.reset(token)
