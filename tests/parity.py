"""Whether two engines give the same answers to the same questions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from content.audience import Audience
from search.lookup.library import Library
from search.lookup.query import Query
from search.lookup.results import Results
from search.lookup.service import search

PLACES = 10
#: Differences that are kept to be looked at.
SHOWN = 20


@dataclass(slots=True)
class Agreement:
    """Counts over all questions, and the first of those answered differently."""

    asked: int = 0
    same_first: int = 0
    places: int = 0
    same_places: int = 0
    same_total: int = 0
    same_answered: int = 0
    largest_difference: float = 0.0
    differing: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """The share of the first ten places that hold the same entry."""
        return self.same_places / max(1, self.places)

    def add(self, text: str, one: Results, other: Results) -> None:
        """Count one question."""
        a, b = _shown(one), _shown(other)
        self.asked += 1
        self.same_first += [i for i, _ in a[:1]] == [i for i, _ in b[:1]]
        self.places += max(len(a), len(b))
        same = [(s, t) for (i, s), (j, t) in zip(a, b, strict=False) if i == j]
        self.same_places += len(same)
        self.same_total += one.total == other.total
        self.same_answered += one.answered == other.answered
        off = max((abs(s - t) / max(s, 1.0) for s, t in same), default=0.0)
        self.largest_difference = max(self.largest_difference, off)
        differs = [i for i, _ in a] != [i for i, _ in b] or one.total != other.total
        if differs and len(self.differing) < SHOWN:
            self.differing.append(f"{text!r}: {one.total} {a} | {other.total} {b}")


def compare(
    one: Library, other: Library, questions: Iterable[tuple[str, str, bool]], audience: Audience
) -> Agreement:
    """Ask both (text, locale, still typing) through the one search service."""
    agreement = Agreement()
    for text, locale, typing in questions:
        query = Query(text, audience, locale, prefix=typing, channel="test")
        agreement.add(text, search(query, one), search(query, other))
    return agreement


def _shown(results: Results) -> list[tuple[int, float]]:
    return [(hit.id, round(hit.score, 4)) for hit in (*results.hits, *results.perhaps)][:PLACES]
