"""Whether the index in use is still the one that would be built now."""

from __future__ import annotations

from typing import Literal

from . import engines
from .analysis import fingerprint
from .models import IndexGeneration, IndexPointer

#: "engine": the settings name another engine than the one that has the index in use. "analysis":
#: its texts were analysed otherwise, or laid out otherwise, than they would be now.
Reason = Literal["engine", "analysis"]


def rebuild_due() -> Reason | None:
    """Why `rebuild_index` should be run; None where it need not. Two queries at most."""
    name = IndexPointer.objects.values_list("name", flat=True).first()
    if name is None:
        return None
    if engines.kind_of(name) != engines.configured():
        return "engine"
    made = IndexGeneration.objects.filter(name=name).values_list("analysis", flat=True).first()
    return None if made == fingerprint(name) else "analysis"
