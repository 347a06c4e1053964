"""Whether the index in use is still the one that would be built now."""

from __future__ import annotations

from contextlib import suppress
from typing import Literal

from search.engine.protocol import EngineFailed, EngineMissing

from . import engines
from .analysis import fingerprint
from .models import IndexedDocument, IndexGeneration, IndexPointer
from .vectors import spaces

#: "lost": it is gone, spoilt or of a layout that cannot be read. "engine": the settings name
#: another engine than the one that has the index in use. "analysis": its texts were analysed
#: otherwise, or laid out otherwise, than they would be now.
#: "meaning": another embedder is wanted than the one whose vectors it keeps, and its are all made.
Reason = Literal["lost", "engine", "analysis", "meaning"]


def rebuild_due() -> Reason | None:
    """Why the index should be built anew; None where it need not. A few short queries.

    An engine that is only away has lost nothing.
    """
    name = IndexPointer.objects.values_list("name", flat=True).first()
    if name is None:
        return None
    if _is_lost(name):
        return "lost"
    if engines.kind_of(name) != engines.configured():
        return "engine"
    made = IndexGeneration.objects.filter(name=name).first()
    if made is None or made.analysis != fingerprint(name):
        return "analysis"
    wanted = spaces.at_first()
    return "meaning" if wanted not in ("", made.model) and spaces.is_complete(wanted) else None


def _is_lost(name: str) -> bool:
    """Looked at afresh: a process that has it open does not notice."""
    with suppress(EngineFailed):
        try:
            among = engines.having(name)
            among.open(name).close()
        except EngineMissing:
            # A new site has none before the first search, which makes it.
            return IndexedDocument.objects.exists() or name in among.names()
    return False
