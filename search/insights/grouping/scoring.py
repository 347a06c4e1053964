"""How well groups agree with labels: NMI, ARI and accuracy, from the table of both.

Texts without a group count together as one group more, as scikit-learn counts noise (label -1).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linear_sum_assignment

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Agreement:
    """``nmi``: normalised by the arithmetic mean of the entropies (0 to 1); ``ari``: adjusted Rand
    index (Hubert and Arabie 1985); ``acc``: share of texts in the best one-to-one assignment."""

    nmi: float
    ari: float
    acc: float


def agreement(labels: Sequence[str], groups: NDArray[np.int64]) -> Agreement:
    """Compare (n,) labels with (n,) groups; n must be at least 1."""
    _names, left = np.unique(np.asarray(labels), return_inverse=True)
    _numbers, right = np.unique(groups, return_inverse=True)
    table = np.zeros((left.max() + 1, right.max() + 1), np.int64)
    np.add.at(table, (left, right), 1)
    rows, columns = linear_sum_assignment(-table)
    return Agreement(_nmi(table), _ari(table), float(table[rows, columns].sum() / table.sum()))


def apart(labels: Sequence[str], groups: NDArray[np.int64], outside: str) -> float:
    """The share of texts labelled ``outside`` that are without a group, or in groups of their own:
    in which more than half are outside too. (n,) labels and groups; at least one is outside."""
    is_outside = np.asarray([label == outside for label in labels])
    alone = groups < 0
    for group in np.unique(groups[is_outside & ~alone]):
        mine = groups == group
        if is_outside[mine].mean() > 0.5:
            alone |= mine
    return float(alone[is_outside].mean())


def _entropy(counts: NDArray[np.int64]) -> float:
    shares = counts[counts > 0] / counts.sum()
    return float(-(shares * np.log(shares)).sum())


def _nmi(table: NDArray[np.int64]) -> float:
    left, right = _entropy(table.sum(axis=1)), _entropy(table.sum(axis=0))
    both = _entropy(table.ravel())
    mean = (left + right) / 2
    return (left + right - both) / mean if mean else 1.0


def _ari(table: NDArray[np.int64]) -> float:
    def pairs(counts: NDArray[np.int64]) -> float:
        return float((counts * (counts - 1) / 2).sum())

    both, left, right = pairs(table), pairs(table.sum(axis=1)), pairs(table.sum(axis=0))
    all_pairs = pairs(table.sum(keepdims=True))
    expected = left * right / all_pairs if all_pairs else 0.0
    most = (left + right) / 2
    return (both - expected) / (most - expected) if most != expected else 1.0
