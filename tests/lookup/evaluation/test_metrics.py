"""The measures against values worked out by hand."""

from __future__ import annotations

import pytest

from search.lookup.evaluation import metrics

GRADES = {"a": 3, "b": 2, "c": 1, "d": 0}


def test_the_ideal_order_is_worth_one():
    assert metrics.ndcg(["a", "b", "c", "d"], GRADES) == pytest.approx(1.0)


def test_gains_are_grades_discounted_by_the_logarithm_of_the_rank():
    # Found: 2/log2(2) + 0 + 3/log2(4) = 3.5; ideal: 3/1 + 2/1.58496 + 1/2 = 4.76186.
    assert metrics.ndcg(["b", "x", "a"], GRADES) == pytest.approx(3.5 / 4.761859507)


def test_what_stands_below_the_depth_counts_for_nothing():
    assert metrics.ndcg(["x", "y", "a"], GRADES, depth=2) == 0.0
    assert metrics.reciprocal_rank(["x", "y", "a"], GRADES, depth=2) == 0.0
    assert metrics.recall(["x", "y", "a"], GRADES, depth=2) == 0.0


def test_the_ideal_is_cut_at_the_depth_too():
    many = {str(number): 1 for number in range(20)}
    assert metrics.ndcg([str(n) for n in range(10)], many) == pytest.approx(1.0)
    assert metrics.recall([str(n) for n in range(10)], many) == pytest.approx(0.5)


def test_the_first_relevant_document_gives_the_reciprocal_rank():
    assert metrics.reciprocal_rank(["x", "d", "c", "a"], GRADES) == pytest.approx(1 / 3)
    assert metrics.reciprocal_rank(["x"], GRADES) == 0.0


def test_grades_of_zero_and_below_are_not_relevant():
    judged = {"a": 1, "b": 0, "c": -1}
    assert metrics.recall(["b", "c"], judged) == 0.0
    assert metrics.ndcg(["c", "a"], judged) == pytest.approx(0.63093, abs=1e-5)


def test_nothing_found_and_nothing_relevant_are_zero():
    assert metrics.ndcg([], GRADES) == 0.0
    assert metrics.ndcg(["a"], {"a": 0}) == metrics.recall(["a"], {}) == 0.0
