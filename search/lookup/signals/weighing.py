"""How strongly each signal of an entry speaks for it, and what that does to its score.

A signal's strength lies between −1 and 1, and 0 says nothing. Its effect is strength × weight
(`SEARCH_SIGNALS`); the score is multiplied by 1 + the sum of the effects, kept within ± ``bound``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from content.models import Confidence

#: Clicks as expected, and votes or cases as on average, that are added to what was observed.
PRIOR_CLICKS, PRIOR_SAID = 5.0, 5.0
_A_DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Counts:
    """What was observed of an entry; ``expected`` are clicks."""

    clicks: int = 0
    expected: float = 0.0
    helpful: int = 0
    unhelpful: int = 0
    solved: int = 0
    unsolved: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.clicks + other.clicks,
            self.expected + other.expected,
            self.helpful + other.helpful,
            self.unhelpful + other.unhelpful,
            self.solved + other.solved,
            self.unsolved + other.unsolved,
        )


NOTHING = Counts()


class Signal(NamedTuple):
    """One signal of one entry: its value in its own unit, ``n`` observations, its strength."""

    value: float | str | None
    n: float
    strength: float


SILENT = Signal(None, 0, 0.0)
_CONFIDENCE: Mapping[str, Signal] = {
    Confidence.VALIDATED.value: Signal("validated", 1, 1.0),
    Confidence.NOT_VALIDATED.value: Signal("not_validated", 1, 0.0),
    Confidence.WIP.value: Signal("wip", 1, -1.0),
    Confidence.ARCHIVED.value: Signal("archived", 1, -1.0),
}
_VERIFIED, _OVERDUE = Signal("verified", 1, 1.0), Signal("overdue", 1, -1.0)


def coec(asked: Counts) -> Signal:
    """Clicks of an entry for one question over those expected at its ranks, few drawn towards 1.

    Strength is the log2: twice as many clicks as expected 1, half as many −1.
    """
    if asked is NOTHING:
        return SILENT
    value = (asked.clicks + PRIOR_CLICKS) / (asked.expected + PRIOR_CLICKS)
    return Signal(value, asked.expected, _within(math.log2(value)))


def share(yes: int, no: int, average: float) -> Signal:
    """yes ÷ (yes + no), drawn towards the site's average; strength is twice what it differs."""
    if not yes and not no:
        return SILENT
    value = (yes + PRIOR_SAID * average) / (yes + no + PRIOR_SAID)
    return Signal(value, yes + no, _within(2 * (value - average)))


def confidence(value: str) -> Signal:
    """Validated speaks for an entry, work in progress and archived against it."""
    return _CONFIDENCE.get(value, SILENT)


def verification(verified: datetime | None, verify_by: date | None, today: date) -> Signal:
    """Verified speaks for an entry, until the day by which that was due again has passed."""
    if verify_by is not None and verify_by < today:
        return _OVERDUE
    return _VERIFIED if verified else SILENT


def age(published: datetime | None, half_life: int, now: datetime) -> Signal:
    """Days since the version was published, where its category says that newer is better.

    Strength 2 · 2^(−days ÷ half-life) − 1: new 1, after a half-life 0, old −1.
    """
    if not half_life or published is None:
        return SILENT
    days = max(0.0, (now - published).total_seconds() / _A_DAY)
    return Signal(days, 1, _within(2 * 0.5 ** (days / half_life) - 1))


def effects(signals: Mapping[str, Signal], settings: Mapping[str, float]) -> dict[str, float]:
    """What each signal adds to 1, by its weight in ``settings``; without one it is off."""
    return {name: signal[2] * settings.get(name, 0.0) for name, signal in signals.items()}


def factor(signals: Mapping[str, Signal], settings: Mapping[str, float]) -> float:
    """What the score is multiplied by: between 1 − bound and 1 + bound."""
    bound = settings.get("bound", 0.0)
    return 1 + max(-bound, min(bound, sum(effects(signals, settings).values())))


def _within(strength: float) -> float:
    return max(-1.0, min(1.0, strength))
