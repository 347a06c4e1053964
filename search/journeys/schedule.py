"""What the worker runs for this room: (name, seconds between runs or "HH:MM" a day, function)."""

from __future__ import annotations

from collections.abc import Callable

from .retention import apply_retention
from .writing import settle

SCHEDULE: list[tuple[str, int | str, Callable[[], object]]] = [
    ("settle searches", 10, settle),
    ("apply retention", "03:10", apply_retention),
]
