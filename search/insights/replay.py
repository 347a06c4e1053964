"""Runs a gap's failed searches again, through the real service: the proof that a gap is closed.

A search has found its answer when the linked entry (or its translation) is among the first three
hits that answer it, for the audience and locale as asked. Each failed search counts once, so a
wording that forty searches used weighs forty times one that was used once. At 80 % the gap closes.
"""

from __future__ import annotations

from dataclasses import dataclass

from content.models import Entry
from search.lookup import service

from .examples import Example, examples_of
from .models import Gap

FIRST, ENOUGH = 3, 0.8


@dataclass(frozen=True, slots=True)
class Proof:
    """The outcome of a replay: how many searches there were, how many found the answer."""

    searches: int
    found: int
    failing: tuple[Example, ...]

    @property
    def enough(self) -> bool:
        """Whether the gap may close."""
        return self.searches > 0 and self.found >= ENOUGH * self.searches

    def as_data(self) -> dict:
        """For the history, as JSON; the fifty commonest that fail."""
        return {
            "searches": self.searches,
            "found": self.found,
            "failing": [
                {
                    "query": e.query,
                    "locale": e.locale,
                    "audience": str(e.audience),
                    "count": e.searches,
                }
                for e in self.failing[:50]
            ],
        }


def replay(gap: Gap) -> Proof:
    """Run the searches of ``gap`` on what is published now. Records nothing."""
    examples = examples_of(gap)
    entry = Entry.objects.filter(pk=gap.entry_id, live=True).first() if gap.entry_id else None
    failing = tuple(e for e in examples if entry is None or not finds(e, entry))
    searches = sum(e.searches for e in examples)
    return Proof(searches, searches - sum(e.searches for e in failing), failing)


def finds(example: Example, entry: Entry) -> bool:
    """Whether this search has ``entry`` among the first three of its answers."""
    results = service.search(
        service.Query(
            text=example.query,
            audience=example.audience,
            locale=example.locale,
            limit=FIRST,
            channel="replay",
            unhurried=True,
        )
    )
    family = str(entry.translation_key)
    return any(hit.id == entry.pk or str(hit.family) == family for hit in results.hits[:FIRST])
