"""How recording fares, for /metrics: counts since the process started."""

from __future__ import annotations

import threading
from collections import Counter

_lock = threading.Lock()
_counts: Counter[str] = Counter(recorded=0, dropped=0, failed=0)


def count(name: str, by: int = 1) -> None:
    """Add ``by`` to the counter ``name`` (recorded, dropped, failed)."""
    with _lock:
        _counts[name] += by


def counts() -> dict[str, int]:
    """A copy of all counters."""
    with _lock:
        return dict(_counts)
