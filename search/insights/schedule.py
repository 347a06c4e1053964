"""What the worker runs for this room: (name, seconds between runs or "HH:MM" a day, function)."""

from __future__ import annotations

from collections.abc import Callable

from .collect import collect_unclicked
from .figures import recount_recent
from .proposals.collecting import collect_proposals
from .verification import verify_all

SCHEDULE: list[tuple[str, int | str, Callable[[], object]]] = [
    ("collect searches without a click", 300, collect_unclicked),
    ("propose phrasings and synonyms", 600, collect_proposals),
    ("recount gaps", "02:30", recount_recent),
    ("replay gaps", "04:00", verify_all),
]
