"""Which texts are asked by nobody else: they stay without a group."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .neighbours import Neighbours

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: The nearest whose cosines say how close company a text has.
COMPANY = 5
#: A text is alone where its company is less than this share of the usual (the median).
ALONE_BELOW = 0.5
#: Different texts that make a group.
SMALLEST = 5


def is_alone(found: Neighbours) -> NDArray[np.bool_]:
    """(n,) whether a text's nearest are much farther away than is usual among these texts."""
    if not found.cosines.size:
        return np.ones(len(found.cosines), bool)
    company = found.cosines[:, :COMPANY].mean(axis=1)
    return np.asarray((company <= 0) | (company < ALONE_BELOW * np.median(company)))


def without_small(groups: NDArray[np.int64]) -> NDArray[np.int64]:
    """The groups, with -1 for the members of those that are too small."""
    sizes = np.bincount(groups[groups >= 0], minlength=1)
    return np.where((groups >= 0) & (sizes[groups] >= SMALLEST), groups, -1)
