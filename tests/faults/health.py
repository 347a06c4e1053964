"""What those in charge are shown: whether a site's health names a part that fails."""

from __future__ import annotations

import contextlib
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from typing import Any

Parts = dict[str, Any]


def names(ports: Sequence[int], fails: Callable[[Parts], bool], seconds: float) -> bool:
    """Whether the health of one of the web servers says within so many seconds that it `fails`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for port in ports:
            with contextlib.suppress(OSError, ValueError, KeyError):
                if fails(_parts(port)):
                    return True
        time.sleep(0.3)
    return False


def without_meaning(parts: Parts) -> bool:
    """The embedder fails."""
    return not parts["meaning"]["ok"]


def without_engine(parts: Parts) -> bool:
    """Searches are answered by a standby."""
    return parts["index"]["detail"].get("engine") == "away"


def _parts(port: int) -> Parts:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
            return json.load(answer)["parts"]
    except urllib.error.HTTPError as error:
        return json.load(error)["parts"]
