"""Decides whether a hit answers: by the words it covers, or by how near its meaning is."""

from __future__ import annotations

from dataclasses import dataclass

#: The share that answers by words whatever a hit means: an error code, a product's name. Of
#: questions foreign to a site one in 200 is covered so far, of its own a third (docs/search.md).
ALONE = 0.7
#: Shares are sums of floats.
_EXACT = 1e-4


@dataclass(frozen=True, slots=True)
class Bar:
    """What a hit must reach.

    ``words`` is the share (0–1) of the question's idf mass that answers where nothing is known of
    the hit's meaning. Where it is known, the hit must be near enough, or cover ``alone``.
    """

    words: float
    alone: float | None = None

    @property
    def counted(self) -> float:
        """The share from which words alone answer, whatever the hit means."""
        return self.words if self.alone is None else self.alone

    def covers(self, coverage: float) -> bool:
        """Whether words alone answer."""
        return coverage >= self.counted - _EXACT

    def met(self, coverage: float, near_enough: bool | None) -> bool:
        """Whether a hit answers that covers so much; ``near_enough`` is None where that is not
        known."""
        if near_enough is None:
            return coverage >= self.words - _EXACT
        return near_enough or self.covers(coverage)
