"""One module for each kind of fact; each yields the facts that begin within windows of time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from search.insights.metrics.calendar import Window

from . import asked, contacts, forms, intents, reads
from .fact import Fact
from .places import Places

__all__ = ["SOURCES", "Fact", "Places", "facts_in"]

SOURCES = {
    "intents": intents.facts,
    "reads": reads.reads,
    "votes": reads.votes,
    "forms": forms.facts,
    "contacts": contacts.facts,
    "asked": asked.facts,
}
#: To be added up: of the same facts those that are alike may come as one.
_TALLIED = SOURCES | {"reads": reads.tallied_reads, "votes": reads.tallied_votes}


def facts_in(windows: Sequence[Window], places: Places) -> Iterator[Fact]:
    """All facts that begin within ``windows`` (half-open, apart from each other), to add up."""
    for source in _TALLIED.values():
        yield from source(windows, places)
