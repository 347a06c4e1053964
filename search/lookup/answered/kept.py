"""The thresholds in force: read every ten seconds in a process."""

from __future__ import annotations

import time
from collections.abc import Mapping

from search.lookup.nearness import Threshold

SECONDS = 10.0
_kept: dict[str, tuple[float, Mapping[str, Threshold]]] = {}


def thresholds(model: str) -> Mapping[str, Threshold]:
    """By locale; a language that is not calibrated (yet) is left out."""
    at, found = _kept.get(model, (0.0, None))
    if found is None or time.monotonic() - at > SECONDS:
        found = _read(model)
        _kept[model] = (time.monotonic(), found)
    return found


def forget() -> None:
    """Read anew at the next search."""
    _kept.clear()


def _read(model: str) -> Mapping[str, Threshold]:
    import numpy as np

    from .models import AnswerThreshold

    rows = AnswerThreshold.objects.filter(model=model, across__isnull=False)
    return {
        row.locale: row.threshold(np.frombuffer(bytes(row.centre), dtype="<f4")) for row in rows
    }
