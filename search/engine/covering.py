"""Which words of a question a document must hold so as to cover enough of it.

Both engines ask in the same way, so that they agree on what is an answer: by the smallest sets of
words that reach the minimum where those are few (exact, and several times as fast), else by
counting words as often as their share of the mass.
"""

from __future__ import annotations

from collections.abc import Sequence

from .protocol import COVERAGE_STEPS, Coverage

#: More sets than these take longer than to count.
MOST_SETS = 24
_EXACT = 1e-9


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


def repeats(coverage: Coverage) -> tuple[list[int], int]:
    """(how often each word counts, how many must be counted), in `COVERAGE_STEPS` parts."""
    total = sum(word.mass for word in coverage.words)
    times = [max(1, round(COVERAGE_STEPS * word.mass / total)) for word in coverage.words]
    return times, max(1, round(coverage.minimum * sum(times)))


def holds(coverage: Coverage, held: Sequence[int]) -> bool:
    """Whether a document that holds the words of these numbers covers the minimum."""
    if (sets := smallest_sets(coverage)) is not None:
        return any(set(each) <= set(held) for each in sets)
    times, needed = repeats(coverage)
    return sum(times[number] for number in held) >= needed
