"""Which texts are asked by nobody else: they stay without a group."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .neighbours import Neighbours

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: By words: how many of the nearest say how close company a text has; it is alone where that is so
#: many times the usual distance (of those below the median, their median) below the median.
COMPANY, FAR = 8, 1.7
#: By meaning: how many of the nearest, and the share of the median below which a text is alone.
COMPANY_BY_MEANING, ALONE_BELOW = 5, 0.5
#: What makes a median of distances comparable with a standard deviation.
_NORMAL = 1.4826
#: Different texts that make a group.
SMALLEST = 5


def is_alone(found: Neighbours, by_meaning: bool = False) -> NDArray[np.bool_]:
    """(n,) whether a text's nearest are much farther away than is usual among these texts."""
    if not found.cosines.size:
        return np.ones(len(found.cosines), bool)
    company = found.cosines[:, : COMPANY_BY_MEANING if by_meaning else COMPANY].mean(axis=1)
    usual = np.median(company)
    least = ALONE_BELOW * usual
    below = usual - company[company < usual]
    if not by_meaning and below.size:
        least = usual - FAR * _NORMAL * np.median(below)
    return np.asarray((company <= 0) | (company < least))


def without_small(groups: NDArray[np.int64]) -> NDArray[np.int64]:
    """The groups, with -1 for the members of those that are too small."""
    sizes = np.bincount(groups[groups >= 0], minlength=1)
    return np.where((groups >= 0) & (sizes[groups] >= SMALLEST), groups, -1)
