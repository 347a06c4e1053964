"""Drains the outbox in a process of its own while this one changes very many entries.

A thread would share the interpreter with the work that fills the outbox: each would slow the other
down, and a second core would idle.
"""

from __future__ import annotations

import logging
import multiprocessing
import signal
from multiprocessing.connection import Connection
from typing import Any

from django.conf import settings

log = logging.getLogger(__name__)

#: With fewer entries than this, starting a process takes longer than it saves.
WORTH_IT = 400
#: Entries at once: every write to the engine has its price, however much is written.
AT_ONCE = 500
#: Seconds between looks at the outbox.
POLL = 0.1


class _DrainProcess:
    """The process and the line to it: a word says that no more comes, its end that we died."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        heard, self._line = context.Pipe(duplex=False)
        self._process = context.Process(
            target=_drain_until_told, args=(heard,), name="index-drain", daemon=True
        )
        self._process.start()
        heard.close()

    def lives(self) -> bool:
        return self._process.is_alive()

    def finish(self) -> None:
        """Wait until what is due has been told to the engine."""
        try:
            self._line.send(True)
        except OSError:
            log.warning("The process that drains the outbox has ended by itself; its rows are kept")
        self._process.join()
        self._line.close()


_running: _DrainProcess | None = None


def start(entries: int, processes: int, **_: Any) -> None:
    """Begin where ``entries`` are worth it and the caller may use more than one process."""
    global _running  # noqa: PLW0603
    if settings.INDEX_DRAIN == "thread" and processes > 1 and entries >= WORTH_IT:
        try:
            _running = _DrainProcess()
        except OSError:
            log.warning("No process could be started; a thread drains the outbox", exc_info=True)


def is_at_it() -> bool:
    """Whether a process of this one's drains the outbox, so that nobody need be woken."""
    return _running is not None and _running.lives()


def finish(**_: Any) -> None:
    """Let the process do what is left and end it; what must wait is left to the others.

    What an earlier import promised that was killed is told to the engine as well.
    """
    global _running
    process, _running = _running, None
    if process is not None:
        process.finish()
    from .drain import kick

    kick()


def _drain_until_told(line: Connection) -> None:
    import django

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears it and decides
    django.setup()
    from django.db import connection

    from .drain import drain

    told = False
    try:
        while True:
            try:
                taken = drain(AT_ONCE)
            except Exception:
                log.exception("Draining the outbox failed; its rows are kept")
                taken = 0
            if told and not taken:
                return
            if line.poll(0 if taken else POLL):
                told = line.recv()
    except EOFError:
        log.info("The process that filled the outbox is gone; the rest waits")
    finally:
        connection.close()
