"""What the worker runs for this room: (name, seconds between runs or "HH:MM" a day, function)."""

from __future__ import annotations

from collections.abc import Callable

from .answered.making import keep_calibrated
from .signals.collecting import collect_signals
from .together.counting import count_together

SCHEDULE: list[tuple[str, int | str, Callable[[], object]]] = [
    ("count signals", "03:30", collect_signals),
    ("count what is asked together", "03:20", count_together),
    ("calibrate answers by meaning", 60, keep_calibrated),
]
