"""The thresholds in force: looked for every ten seconds in a process, and read when made anew."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import datetime

from search.lookup.nearness import Threshold

SECONDS = 10.0
_Read = Mapping[str, tuple[datetime, Threshold]]
_kept: dict[str, tuple[float, _Read]] = {}


def thresholds(model: str) -> Mapping[str, Threshold]:
    """By locale; a language that is not calibrated (yet) is left out."""
    at, found = _kept.get(model, (0.0, {}))
    if time.monotonic() - at > SECONDS or model not in _kept:
        found = _read(model, found)
        _kept[model] = (time.monotonic(), found)
    return {locale: threshold for locale, (_, threshold) in found.items()}


def forget() -> None:
    """Read anew at the next search."""
    _kept.clear()


def _read(model: str, before: _Read) -> _Read:
    """One query where nothing is new; what is new has some hundred vectors."""
    from .models import AnswerThreshold

    rows = AnswerThreshold.objects.filter(model=model, across__isnull=False).exclude(others=b"")
    made = dict(rows.values_list("locale", "made"))
    found = {locale: one for locale, one in before.items() if made.get(locale) == one[0]}
    if found.keys() < made.keys():
        new = rows.exclude(locale__in=found)
        found |= {row.locale: (row.made, row.threshold()) for row in new}
    return found
