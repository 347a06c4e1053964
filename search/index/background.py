"""Drains the outbox beside the work that filled it: one thread a process, woken on commit.

In the midst of a request it is woken once that is answered: it would take half of the interpreter
from the answer that an editor waits for.
"""

from __future__ import annotations

import atexit
import logging
import os
import threading
import time

from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import Error, close_old_connections, connection

from . import aside, drain, outbox

log = logging.getLogger(__name__)

#: Seconds after which rows that failed are looked at again.
RETRY = 5.0
#: Seconds that a process which ends spends on rows it has promised.
FAREWELL = 120.0


class _Drainer:
    """The thread and the two things said to it: there is work, and stop."""

    def __init__(self) -> None:
        self.pid = os.getpid()
        self.work = threading.Event()
        self.stopping = False
        self.idle = threading.Event()
        self.thread = threading.Thread(target=self.run, name="index-drain", daemon=True)
        self.thread.start()

    def kick(self) -> None:
        self.idle.clear()
        self.work.set()

    def run(self) -> None:
        timeout: float | None = None
        while not self.stopping:
            self.work.wait(timeout)
            self.work.clear()
            timeout = self.round()
            if not self.work.is_set():
                self.idle.set()
        connection.close()

    def round(self) -> float | None:
        """Drain what is due; returns the seconds after which to look again, None for never."""
        close_old_connections()
        try:
            while not self.stopping and drain.drain():
                pass
            return RETRY if outbox.anything_waits() else None
        except Error:
            log.exception("The outbox could not be read; nothing is lost, trying again")
        except Exception:
            log.exception("Draining the outbox failed; its rows are kept, trying again")
        return RETRY


class _Request(threading.local):
    """Whether this thread is answering a request, and whether the drainer is to be woken then."""

    under_way = False
    work = False


_drainer: _Drainer | None = None
_lock = threading.Lock()
_request = _Request()


def listen() -> None:
    """Hear of requests."""
    request_started.connect(_begun, dispatch_uid="search.index.background.begun")
    request_finished.connect(_answered, dispatch_uid="search.index.background.answered")


def _begun(**_: object) -> None:
    _answered()  # what came before, if its end was not told
    _request.under_way = True


def _answered(**_: object) -> None:
    work, _request.under_way, _request.work = _request.work, False, False
    if work:
        kick()


def kick() -> None:
    """Wake the thread of this process; ``INDEX_DRAIN`` says how ("thread", "inline", "off")."""
    mode = settings.INDEX_DRAIN
    if mode == "off":
        return
    if mode == "inline":
        drain.drain_all()
        return
    if aside.is_at_it():
        return
    if _request.under_way:
        _request.work = True
        return
    global _drainer  # noqa: PLW0603
    with _lock:
        if _drainer is None or _drainer.pid != os.getpid() or not _drainer.thread.is_alive():
            _drainer = _Drainer()
            atexit.register(_finish, _drainer)
        _drainer.kick()


def _finish(drainer: _Drainer) -> None:
    """A command that ends has told the engine what it promised; a signal need not wait for it."""
    if drainer.pid != os.getpid():
        return
    deadline = time.monotonic() + FAREWELL
    while not drainer.idle.wait(0.05) and time.monotonic() < deadline:
        pass
    drainer.stopping = True
    drainer.kick()
    drainer.thread.join(5)
