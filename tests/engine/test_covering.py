"""What covers enough of a question is decided alike, by sets of words or by counting."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from search.engine.covering import MOST_SETS, TOGETHER, repeats, smallest_sets
from search.engine.protocol import Coverage, CoveredWord, Term

masses = st.lists(st.floats(0.1, 12.0), min_size=1, max_size=7)


def coverage(*each: float, minimum: float = 0.3) -> Coverage:
    words = tuple(CoveredWord((Term("words", str(n)),), mass) for n, mass in enumerate(each))
    return Coverage(words, minimum)


def holds(asked: Coverage, held: Iterable[int]) -> bool:
    """Whether a document that holds the words of these numbers is taken to cover the minimum."""
    if (sets := smallest_sets(asked)) is not None:
        return any(set(each) <= set(held) for each in sets)
    times, needed = repeats(asked)
    return sum(times[number] for number in held) >= needed


def test_one_word_of_three_that_weigh_alike_is_enough():
    assert smallest_sets(coverage(2.0, 2.0, 2.0)) == [(0,), (1,), (2,)]


def test_small_words_are_enough_only_together():
    assert smallest_sets(coverage(8.0, 1.0, 1.0, minimum=0.2)) == [(0,), (1, 2)]


def test_a_word_of_no_mass_is_never_needed():
    assert smallest_sets(coverage(4.0, 0.0)) == [(0,)]


def test_many_words_are_counted_instead():
    many = coverage(*[1.0] * 14)
    assert smallest_sets(many) is None
    assert holds(many, range(5))
    assert not holds(many, range(3))


def test_of_many_words_the_commonest_need_not_be_read():
    times, _ = repeats(coverage(*[6.0] * 9, 0.2, 0.3))
    assert times[:9] == [times[0]] * 9
    assert times[0] > 0 == max(times[9:])


def test_about_as_many_documents_are_counted_as_cover_the_minimum():
    chance = random.Random(11)
    off = []
    for _ in range(30):
        masses = [chance.uniform(0.5, 7.0) for _ in range(chance.randint(10, 16))]
        asked = coverage(*masses)
        times, needed = repeats(asked)
        exact = counted = 0
        for _document in range(5_000):
            held = [n for n, m in enumerate(masses) if chance.random() < math.exp(-TOGETHER * m)]
            exact += sum(masses[n] for n in held) >= asked.minimum * sum(masses)
            counted += sum(times[n] for n in held) >= needed
        off.append(abs(math.log((counted + 1) / (exact + 1))))
    assert max(off) < math.log(3.5)
    assert sum(off) / len(off) < math.log(1.5)


@given(masses, st.floats(0.05, 1.0), st.sets(st.integers(0, 6)))
def test_the_sets_say_what_the_masses_say(each: list[float], minimum: float, some: set[int]):
    asked = coverage(*each, minimum=minimum)
    sets = smallest_sets(asked)
    held = [n for n in some if n < len(each)]
    if sets is not None:
        assert len(sets) <= MOST_SETS
        reached = sum(each[n] for n in held) >= minimum * sum(each) - 1e-9
        assert holds(asked, held) is reached
