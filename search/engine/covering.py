"""Which words of a question a document must hold so as to cover enough of it.

Both engines ask in the same way, so that they agree on what is an answer: by the smallest sets of
words that reach the minimum where those are few (exact, and several times as fast), else by
counting words as often as their share of the mass (total counts are then near, not exact).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate

from .protocol import Coverage

#: More sets than these take longer than to count.
MOST_SETS = 24
#: In so many parts, more or less, the mass of a question is counted.
COVERAGE_STEPS = range(7, 13)
#: Words of one question stand together more often than chance would have it: by this exponent.
TOGETHER = 0.6
_EXACT = 1e-9
_FINE = 100


def smallest_sets(coverage: Coverage) -> list[tuple[int, ...]] | None:
    """Sets of numbers of words of which none could be missed; None where they are too many.

    A document covers the minimum when it holds all words of one of the sets.
    """
    masses = [word.mass for word in coverage.words]
    need = coverage.minimum * sum(masses) - _EXACT
    order = sorted((n for n in range(len(masses)) if masses[n]), key=lambda n: -masses[n])
    after = [0.0] * (len(order) + 1)
    for place in range(len(order) - 1, -1, -1):
        after[place] = after[place + 1] + masses[order[place]]
    found: list[tuple[int, ...]] = []

    def extend(place: int, chosen: tuple[int, ...], have: float) -> bool:
        """Whether there was room for all sets that begin with those chosen."""
        for position in range(place, len(order)):
            if have + after[position] < need:
                break
            number = order[position]
            # By falling mass: a set is complete with the word that reaches the minimum.
            if have + masses[number] >= need:
                found.append((*chosen, number))
                if len(found) > MOST_SETS:
                    return False
            elif not extend(position + 1, (*chosen, number), have + masses[number]):
                return False
        return True

    return found if extend(0, (), 0.0) else None


def is_exact(coverage: Coverage) -> bool:
    """Whether as many documents are counted as cover the minimum."""
    return smallest_sets(coverage) is not None


def repeats(coverage: Coverage) -> tuple[list[int], int]:
    """(how often each word counts, how many must be counted).

    Words of little mass, which are the commonest, count not at all. Both are chosen so that as many
    documents reach the second as would cover the minimum by exact shares.
    """
    total = sum(word.mass for word in coverage.words)
    shares = [word.mass / total for word in coverage.words]
    chances = [min(1.0, math.exp(-TOGETHER * word.mass)) for word in coverage.words]
    exact = _reaching([round(_FINE * share) for share in shares], chances)
    wanted = exact[min(math.ceil(_FINE * coverage.minimum - _EXACT), len(exact) - 1)]
    best: tuple[float, list[int], int] = (math.inf, [], 0)
    for steps in COVERAGE_STEPS:
        times = [round(max(steps, 1 / max(shares)) * share) for share in shares]
        reached = _reaching(times, chances)
        for needed in range(1, len(reached)):
            best = min(best, (abs(math.log(reached[needed] / wanted)), times, needed))
    return best[1], best[2]


def _reaching(weights: Sequence[int], chances: Sequence[float]) -> list[float]:
    """The chance (above 0) that a document's words weigh at least 0, 1, 2, …"""
    chance = [1.0] + [0.0] * sum(weights)
    most = 0
    for weight, present in zip(weights, chances, strict=True):
        if weight:
            most += weight
            absent = 1 - present
            moved = (*[0.0] * weight, *chance)
            chance[: most + 1] = [
                without * absent + with_it * present
                for without, with_it in zip(chance[: most + 1], moved, strict=False)
            ]
    return [max(each, _EXACT) for each in reversed(list(accumulate(reversed(chance))))]
