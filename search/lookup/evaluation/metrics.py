"""Measures of a ranking against judgements, as trec_eval defines them.

A ranking is a list of document ids, best first, each once; judgements give documents their grade,
and grades above 0 are relevant.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import islice

Grades = Mapping[str, int]


def ndcg(ranking: Sequence[str], grades: Grades, depth: int = 10) -> float:
    """nDCG at ``depth`` (trec_eval's ndcg_cut): gain is the grade, discounted by log2(rank + 1)."""
    ideal = _gain(sorted((g for g in grades.values() if g > 0), reverse=True), depth)
    return _gain([max(0, grades.get(each, 0)) for each in ranking], depth) / ideal if ideal else 0.0


def reciprocal_rank(ranking: Sequence[str], grades: Grades, depth: int = 10) -> float:
    """1 ÷ rank of the first relevant document within ``depth``, 0 where there is none."""
    ranks = (rank for rank, each in enumerate(ranking[:depth], 1) if grades.get(each, 0) > 0)
    return 1 / next(ranks, math.inf)


def recall(ranking: Sequence[str], grades: Grades, depth: int = 10) -> float:
    """The share of all relevant documents that stand within ``depth``."""
    relevant = {each for each, grade in grades.items() if grade > 0}
    return len(relevant.intersection(ranking[:depth])) / len(relevant) if relevant else 0.0


def _gain(grades: Sequence[int], depth: int) -> float:
    return sum(grade / math.log2(rank + 1) for rank, grade in enumerate(islice(grades, depth), 1))
