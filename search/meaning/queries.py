"""The vectors of what people ask: computed one at a time, remembered, waited for a moment only."""

from __future__ import annotations

import logging
import os
import queue
import threading
import time
from collections import OrderedDict
from concurrent.futures import Future
from typing import TYPE_CHECKING

from .protocol import Embedder, EmbedderBusy, EmbedderFailed

if TYPE_CHECKING:
    from .protocol import Vectors

log = logging.getLogger(__name__)

#: Queries whose vectors a process remembers (1.5 kB each).
MOST = 4_000
#: Queries that wait for the embedder; beyond them nobody waits, it would take too long.
MOST_WAITING = 8
#: Characters of a query that are read: a longer one is a text.
LONGEST = 1_000

#: Seconds between two lines in the log about failures.
SAID_EVERY = 60.0


class QueryVectors:
    """One embedder's vectors of queries.

    A thread computes; who asks waits as long as he likes, and what comes too late for him is there
    for the next one.
    """

    def __init__(self, embedder: Embedder) -> None:
        self.embedder = embedder
        self._said = -SAID_EVERY
        self._kept: OrderedDict[str, Vectors] = OrderedDict()
        self._lock = threading.Lock()
        self._begin()

    def _begin(self) -> None:
        self._pid = os.getpid()
        self._lock = threading.Lock()
        self._under_way: dict[str, Future[Vectors]] = {}
        self._waiting: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def within(self, text: str, milliseconds: float) -> Vectors | None:
        """Return the (dimensions,) vector of a query; None where it is not there in time.

        With 0 milliseconds only what is remembered.
        """
        try:
            return self.vector(text, milliseconds)
        except EmbedderFailed:
            return None

    def expect(self, text: str) -> bool:
        """Begin with a query's vector that will be asked for; returns whether it is under way."""
        try:
            return isinstance(self._found(text[:LONGEST]), Future)
        except EmbedderBusy:
            return False

    def vector(self, text: str, milliseconds: float) -> Vectors:
        """Return the (dimensions,) vector of a query; raises `EmbedderFailed`, or `EmbedderBusy`
        where it is not there in time."""
        found = self._found(text[:LONGEST], begin=milliseconds > 0)
        if not isinstance(found, Future):
            return found
        try:
            return found.result(max(0.0, milliseconds) / 1000)
        except TimeoutError:
            raise EmbedderBusy(f"The query's vector took over {milliseconds:.0f} ms.") from None

    def _found(self, text: str, begin: bool = True) -> Vectors | Future[Vectors]:
        """What is remembered, or what is under way; raises `EmbedderBusy` where that is neither."""
        if self._pid != os.getpid():
            self._begin()  # threads do not survive a fork
        with self._lock:
            if (kept := self._kept.get(text)) is not None:
                self._kept.move_to_end(text)
                return kept
            if not begin and text not in self._under_way:
                raise EmbedderBusy("The query's vector is not remembered.")
            return self._asked(text)

    def _asked(self, text: str) -> Future[Vectors]:
        if text not in self._under_way:
            if len(self._under_way) >= MOST_WAITING:
                raise EmbedderBusy("Too many queries wait for their vectors.")
            self._under_way[text] = Future()
            self._waiting.put(text)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="meaning", daemon=True)
                self._thread.start()
        return self._under_way[text]

    def _work(self) -> None:
        while True:
            text = self._waiting.get()
            try:
                found = self.embedder.queries([text])[0]
            except Exception as error:  # noqa: BLE001 - handed to whoever waits
                self._failed(text, error)
            else:
                with self._lock:
                    self._kept[text] = found
                    while len(self._kept) > MOST:
                        self._kept.popitem(last=False)
                    future = self._under_way.pop(text)
                future.set_result(found)

    def _failed(self, text: str, error: Exception) -> None:
        failure = error if isinstance(error, EmbedderFailed) else EmbedderFailed(repr(error))
        with self._lock:
            future = self._under_way.pop(text)
        future.set_exception(failure)
        if time.monotonic() - self._said >= SAID_EVERY:
            self._said = time.monotonic()
            log.warning("A query has no vector, and is searched for by words: %s", failure)
