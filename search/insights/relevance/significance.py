"""Whether a difference is more than noise."""

from __future__ import annotations

import random
from collections.abc import Sequence
from statistics import fmean

ROUNDS = 10_000
#: A fall that chance makes less often than this is flagged.
ALPHA = 0.05


def fall_by_chance(before: Sequence[float], after: Sequence[float], rounds: int = ROUNDS) -> float:
    """The paired randomisation test, one-sided: in which share of the worlds where the two runs are
    alike (each query's two values may be exchanged) the mean falls as far as it did.

    (Fisher; Smucker, Allan and Carterette 2007.) Up to 12 queries that differ, every world is
    counted; else ``rounds`` of them, the same ones each time. 1 where nothing differs.
    """
    differences = [b - a for a, b in zip(before, after, strict=True) if a != b]
    if not differences:
        return 1.0
    seen = fmean(differences)
    if len(differences) <= 12:
        worlds = [_world(differences, bits) for bits in range(2 ** len(differences))]
        return sum(w <= seen + 1e-12 for w in worlds) / len(worlds)
    chance = random.Random(len(differences))  # noqa: S311
    low = sum(
        _world(differences, chance.getrandbits(len(differences))) <= seen + 1e-12
        for _ in range(rounds)
    )
    return (low + 1) / (rounds + 1)


def _world(differences: Sequence[float], bits: int) -> float:
    signed = (-d if bits >> n & 1 else d for n, d in enumerate(differences))
    return fmean(signed)
