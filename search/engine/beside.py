"""Does one of two pieces of work on another processor meanwhile, where one is likely to be free."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from typing import TypeVar

Other = TypeVar("Other")
Own = TypeVar("Own")

_PROCESSORS = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


class _Helper:
    """The one thread beside all others of this process, made when it is first needed."""

    def __init__(self) -> None:
        self.free = threading.Lock()
        self._threads: ThreadPoolExecutor | None = None

    @property
    def threads(self) -> ThreadPoolExecutor:
        if self._threads is None:
            self._threads = ThreadPoolExecutor(1, "beside")
        return self._threads


_helper = _Helper()


def _forget() -> None:
    global _helper  # noqa: PLW0603 threads do not survive a fork, and locks may stay taken
    _helper = _Helper()


os.register_at_fork(after_in_child=_forget)


def both(other: Callable[[], Other], own: Callable[[], Own]) -> tuple[Other, Own]:
    """Return what both give; they must let go of the interpreter's lock to gain anything.

    One after the other where the helper is at work for somebody else already: a busy server gains
    nothing by more threads.
    """
    helper = _helper
    if _PROCESSORS < 2 or not helper.free.acquire(blocking=False):
        return other(), own()
    try:
        begun = helper.threads.submit(other)
        try:
            mine = own()
        finally:
            wait([begun])
        return begun.result(), mine
    finally:
        helper.free.release()
