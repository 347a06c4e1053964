"""Records without the request waiting: a queue in the process and one thread that writes batches.

A record costs the request one append. Nothing here raises: what cannot be kept is counted
(:mod:`search.journeys.counters`) and logged without its text. With ``JOURNEYS_WRITER = "inline"``
every record is written at once by the caller, which is how tests run.
"""

from __future__ import annotations

import atexit
import logging
import os
import threading
import time
from collections import deque

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection, transaction

from . import counters, writing
from .records import EventRecord, SearchRecord

__all__ = ["EventRecord", "SearchRecord", "flush", "record_event", "record_search"]

log = logging.getLogger(__name__)
Record = SearchRecord | EventRecord

CAPACITY = 10_000
INTERVAL = 0.2
ATTEMPTS = 3
#: How long after the last keystroke a search that was never submitted counts as complete.
SETTLES = 3.5
_EXPLICIT = {"vote", "not_found"}


class Recorder:
    """The queue and its writer. One for each process; a fork starts with an empty one."""

    def __init__(self) -> None:
        self._queue: deque[Record] = deque()
        self._wake = threading.Event()
        self._starting = threading.Lock()
        self._writing = threading.RLock()
        self._thread: threading.Thread | None = None
        self._settle_at = 0.0

    def add(self, record: Record) -> None:
        """Queue ``record``; count it as dropped where the queue is full."""
        if len(self._queue) >= CAPACITY:
            counters.count("dropped")
            return
        self._queue.append(record)
        if settings.JOURNEYS_WRITER == "inline":
            self.flush()
            return
        if self._thread is None or not self._thread.is_alive():
            self._start()
        self._wake.set()

    def flush(self) -> None:
        """Write everything queued, in the calling thread."""
        with self._writing:
            batch = self._take()
            if batch:
                self._write(batch)

    def _start(self) -> None:
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="journeys", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while True:
            self._wake.wait(timeout=1.0 if self._settle_at else None)
            self._wake.clear()
            time.sleep(INTERVAL)
            try:
                self._round()
            except Exception:
                log.exception("The writer of searches and events stumbled and goes on.")

    def _round(self) -> None:
        close_old_connections()
        self.flush()
        self._settle()
        if not self._settle_at and not self._queue:
            connection.close()

    def _take(self) -> list[Record]:
        batch = []
        while self._queue:
            batch.append(self._queue.popleft())
        return batch

    def _write(self, batch: list[Record]) -> None:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with transaction.atomic():
                    written = writing.write(batch)
                break
            except DatabaseError:
                if attempt < ATTEMPTS and not connection.in_atomic_block:
                    time.sleep(0.1 * attempt)
                    continue
                self._failed(len(batch))
                return
            except Exception:  # noqa: BLE001 a record must never fail a request
                self._failed(len(batch))
                return
        counters.count("recorded", len(batch))
        if written.typing:
            self._settle_at = time.monotonic() + SETTLES
        writing.announce(written)

    def _settle(self) -> None:
        if self._settle_at and time.monotonic() >= self._settle_at:
            self._settle_at = 0.0
            try:
                writing.settle()
            except Exception:
                log.exception("Searches could not be settled; the schedule will do it.")

    @staticmethod
    def _failed(number: int) -> None:
        counters.count("failed", number)
        log.error("%d records of searches and events could not be written.", number, exc_info=True)


_recorder = Recorder()


def record_search(record: SearchRecord) -> None:
    """Keep a search. Never raises and does not wait; nothing is kept of who has not agreed."""
    if record.journey.recorded and record.query.strip():
        _safely_add(record)


def record_event(record: EventRecord) -> None:
    """Keep an action. Never raises and does not wait.

    Votes and flags are said on purpose and are kept, without an id, of anybody.
    """
    if record.journey.recorded or record.action in _EXPLICIT:
        _safely_add(record)


def flush() -> None:
    """Write everything this process has queued, now."""
    _recorder.flush()


def _safely_add(record: Record) -> None:
    try:
        _recorder.add(record)
    except Exception:
        counters.count("failed")
        log.exception("A record could not be queued.")


def _after_fork() -> None:
    global _recorder  # noqa: PLW0603 the child's queue and locks must be its own
    _recorder = Recorder()


os.register_at_fork(after_in_child=_after_fork)
atexit.register(flush)
