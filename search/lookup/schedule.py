"""What the worker runs for this room: (name, seconds between runs or "HH:MM" a day, function)."""

from __future__ import annotations

from collections.abc import Callable

from .answered.making import keep_calibrated
from .signals.collecting import collect_signals

SCHEDULE: list[tuple[str, int | str, Callable[[], object]]] = [
    ("count signals", "03:30", collect_signals),
    ("calibrate answers by meaning", 60, keep_calibrated),
]
