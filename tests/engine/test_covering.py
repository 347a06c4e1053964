"""What covers enough of a question is decided alike, by sets of words or by counting."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from search.engine.covering import MOST_SETS, holds, smallest_sets
from search.engine.protocol import Coverage, CoveredWord, Term

masses = st.lists(st.floats(0.1, 12.0), min_size=1, max_size=7)


def coverage(*each: float, minimum: float = 0.3) -> Coverage:
    words = tuple(CoveredWord((Term("words", str(n)),), mass) for n, mass in enumerate(each))
    return Coverage(words, minimum)


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


@given(masses, st.floats(0.05, 1.0), st.sets(st.integers(0, 6)))
def test_the_sets_say_what_the_masses_say(each: list[float], minimum: float, some: set[int]):
    asked = coverage(*each, minimum=minimum)
    sets = smallest_sets(asked)
    held = [n for n in some if n < len(each)]
    if sets is not None:
        assert len(sets) <= MOST_SETS
        reached = sum(each[n] for n in held) >= minimum * sum(each) - 1e-9
        assert holds(asked, held) is reached
