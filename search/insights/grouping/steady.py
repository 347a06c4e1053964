"""Groups that keep their numbers: what is new joins what was there, and little moves at a time.

A fresh partition of the graph proposes; the groups of before decide. A new text joins the group of
its neighbours; what joins none may be a new group. Of the moves that the fresh partition proposes
for texts of before (a part of a group stands apart or belongs elsewhere, two groups are one), those
that raise modularity are made, the best for their size first, up to a share of all texts a run.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from .noise import SMALLEST

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Share of the texts of before that may change their group in one run.
BUDGET = 0.03
#: Share of a new text's ties that must lead to one group for the text to join it.
_MAJORITY = 0.5


@dataclass(frozen=True, slots=True)
class _Move:
    """``texts`` leave their group for ``target`` (-1: a new one) at a gain in modularity."""

    texts: NDArray[np.int64]
    target: int
    gain: float


class _Ties:
    """What a graph says for and against joining two sets of its texts."""

    def __init__(self, edges: sparse.csr_matrix, resolution: float) -> None:
        self._edges = edges
        self._degrees = np.asarray(edges.sum(axis=1)).ravel()
        self._share = resolution / max(float(self._degrees.sum()), 1e-9)

    def pull(self, part: NDArray[np.int64], others: NDArray[np.int64]) -> float:
        """What modularity gains where both join, times the weight of all edges."""
        if not len(others):
            return 0.0
        between = float(self._edges[part][:, others].sum())
        weights = self._degrees[part].sum() * self._degrees[others].sum()
        return between - self._share * float(weights)


def settle(
    edges: sparse.csr_matrix,
    fresh: NDArray[np.int64],
    before: NDArray[np.int64],
    fixed: NDArray[np.bool_],
    resolution: float,
) -> NDArray[np.int64]:
    """The groups of now, (n,); new groups have numbers above those of ``before``.

    ``fresh`` and ``before`` are (n,), -1: none. Texts that are ``fixed`` stay where they are, with
    or without a group; only new texts join their groups.
    """
    after = before.copy()
    joined = _joined(edges, fresh, after, (before < 0) & ~fixed)
    after[joined >= 0] = joined[joined >= 0]
    number = int(after.max(initial=-1)) + 1
    left = np.flatnonzero((after < 0) & (fresh >= 0) & ~fixed)
    for community in np.unique(fresh[left]):
        members = left[fresh[left] == community]
        if len(members) >= SMALLEST:
            after[members] = number
            number += 1
    allowance = int(BUDGET * np.count_nonzero(before >= 0))
    for move in sorted(
        _moves(_Ties(edges, resolution), fresh, after, fixed), key=lambda m: -m.gain / len(m.texts)
    ):
        known = int(np.count_nonzero(before[move.texts] >= 0))
        if known > allowance:
            continue
        allowance -= known
        after[move.texts] = number if move.target < 0 else move.target
        number += move.target < 0
    return after


def _joined(
    edges: sparse.csr_matrix,
    fresh: NDArray[np.int64],
    groups: NDArray[np.int64],
    new: NDArray[np.bool_],
) -> NDArray[np.int64]:
    """The group that most ties of each new text lead to, -1: none."""
    joined = np.full(len(groups), -1, np.int64)
    # Whom the fresh partition left alone joins nobody.
    new = new & (fresh >= 0)
    if not new.any() or groups.max(initial=-1) < 0:
        return joined
    known = np.flatnonzero(groups >= 0)
    shape = (len(groups), int(groups.max()) + 1)
    member = sparse.csr_matrix((np.ones(len(known)), (known, groups[known])), shape=shape)
    # Two steps: new texts that are near each other have ties through one another.
    ties = edges @ member
    ties = ties + 0.5 * (_shares(edges) @ ties)
    best = np.asarray(ties.argmax(axis=1)).ravel()
    total = np.asarray(ties.sum(axis=1)).ravel()
    most = np.asarray(ties.max(axis=1).todense()).ravel()
    sure = new & (total > 0) & (most >= _MAJORITY * total)
    joined[sure] = best[sure]
    return joined


def _shares(edges: sparse.csr_matrix) -> sparse.csr_matrix:
    total = np.asarray(edges.sum(axis=1)).ravel()
    total[total == 0] = 1
    return sparse.diags(1 / total) @ edges


def _moves(
    ties: _Ties,
    fresh: NDArray[np.int64],
    groups: NDArray[np.int64],
    fixed: NDArray[np.bool_],
) -> Iterator[_Move]:
    """What the fresh partition would have otherwise, where that raises modularity."""
    home = _homes(fresh, groups)
    for group in np.unique(groups[groups >= 0]):
        members = np.flatnonzero(groups == group)
        if fixed[members].any():
            continue
        for community in np.unique(fresh[members]):
            part = members[fresh[members] == community]
            if community < 0 or home.get(int(community)) == group or len(part) < SMALLEST:
                continue
            target = home.get(int(community), -1)
            others = np.flatnonzero(groups == target) if target >= 0 else part[:0]
            if fixed[others].any():
                continue
            stay = np.setdiff1d(members, part, assume_unique=True)
            gain = ties.pull(part, others) - ties.pull(part, stay)
            if gain > 0:
                yield _Move(part, target, gain)


def _homes(fresh: NDArray[np.int64], groups: NDArray[np.int64]) -> dict[int, int]:
    """For each fresh community the group it continues, -1: none; each group is continued once."""
    both = (fresh >= 0) & (groups >= 0)
    pairs, counts = np.unique(np.stack([fresh[both], groups[both]]), axis=1, return_counts=True)
    home: dict[int, int] = {}
    for place in np.argsort(-counts, kind="stable"):
        community, group = int(pairs[0, place]), int(pairs[1, place])
        if community not in home:
            home[community] = -1 if group in home.values() else group
    return home
