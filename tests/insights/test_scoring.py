"""How groups are measured against labels."""

import numpy as np

from search.insights.grouping.scoring import apart


def test_outside_is_apart_without_a_group_or_in_a_group_of_its_own() -> None:
    labels = ["a", "a", "oos", "oos", "oos", "oos", "a", "oos"]
    groups = np.array([1, 1, 1, -1, 2, 2, 2, 3])
    assert apart(labels, groups, "oos") == 4 / 5


def test_half_is_not_a_group_of_its_own() -> None:
    assert apart(["a", "oos"], np.array([1, 1]), "oos") == 0.0
