"""Spares an engine that fails, and finds its return by itself.

Closed: everybody asks. After `FAILURES` failures in a row it opens, and nobody asks for a while.
Then it is half open: one question is put in a thread of its own, so that no reader waits for it; an
answer closes the breaker, a failure opens it again for twice as long.
"""

import logging
import threading
import time
from collections.abc import Callable

log = logging.getLogger(__name__)

FAILURES = 2
#: Seconds until the first probe, and at most between two.
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 15.0


class Breaker:
    """Whether to ask an engine; `probe` asks it something small and raises where it fails."""

    def __init__(self, name: str, probe: Callable[[], object]) -> None:
        self.name = name
        self._probe = probe
        self._lock = threading.Lock()
        self._failures = 0
        self._pause = FIRST_PAUSE
        self._opened: float | None = None
        self._probing = False

    @property
    def is_open(self) -> bool:
        """Whether nobody should ask now."""
        return self._opened is not None

    def allows(self) -> bool:
        """Return whether to ask; where a pause is over, begin to probe."""
        if self._opened is None:
            return True
        with self._lock:
            due = self._opened is not None and time.monotonic() - self._opened >= self._pause
            if due and not self._probing:
                self._probing = True
                threading.Thread(target=self._look, name="engine-probe", daemon=True).start()
        return self._opened is None

    def succeeded(self) -> None:
        """The engine has answered in time."""
        if self._failures or self._opened is not None:
            with self._lock:
                if self._opened is not None:
                    log.warning("%s answers again; searches go to it", self.name)
                self._failures, self._opened, self._pause = 0, None, FIRST_PAUSE

    def failed(self, reason: object) -> None:
        """The engine has failed, or has not answered in time."""
        with self._lock:
            self._failures += 1
            if self._opened is None and self._failures >= FAILURES:
                self._opened, self._pause = time.monotonic(), FIRST_PAUSE
                log.error("%s fails (%s); searches are answered without it", self.name, reason)

    def _look(self) -> None:
        try:
            self._probe()
        except Exception as error:  # noqa: BLE001 - whatever it is, the engine is not well
            log.info("%s is still away: %s", self.name, error)
            with self._lock:
                self._opened = time.monotonic()
                self._pause = min(LONGEST_PAUSE, self._pause * 2)
        else:
            self.succeeded()
        finally:
            self._probing = False
