"""One writer at a time, over all processes of the machine."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .protocol import EngineBusy

_PAUSE = 0.005


@contextmanager
def write_lock(path: Path, timeout: float) -> Iterator[None]:
    """Hold the lock file; the system releases it when the process dies.

    Raises `EngineBusy` after `timeout` seconds.
    """
    deadline = time.monotonic() + timeout
    with path.open("a") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise EngineBusy(
                        f"Another process has been writing to the search index for {timeout:g} "
                        "seconds. Nothing was changed; the change will be tried again."
                    ) from None
                time.sleep(_PAUSE)
        try:
            yield
        finally:
            fcntl.flock(file, fcntl.LOCK_UN)
