"""Which wordings mean the same: near by meaning, and nearer than each is to what else is asked.

A cosine alone does not tell: a model finds all questions about one product near each other. So what
counts is the margin: the cosine less the mean of each wording's `CROWD` nearest, among the other
wordings and a hundred questions about anything (Lample et al. 2018, "CSLS"; Artetxe and Schwenk
2019). Across languages each must be the other's best besides. Words with
a digit in them (error codes, models, versions) must be the same.

All bounds are shares of the way from the mean cosine of two different questions, in these
languages, to 1; so they can hold for a model whose cosines lie elsewhere. They were measured with
the bundled one (`tests.bench.joined`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from search.meaning.protocol import Vectors

#: Nearest wordings and questions that make up the crowd around one.
CROWD = 20
#: Least cosine within a language, and across.
NEAR, NEAR_ACROSS = 0.65, 0.46
#: Least margin by the content words of the shorter wording (two and fewer, three, more), and across
#: languages: two short wordings with a word in common are near each other whatever they ask.
MARGINS, MARGINS_ACROSS = (0.33, 0.28, 0.20), (0.20, 0.15, 0.10)
_BLOCK = 1_000
_CODE = re.compile(r"\d")


class Likeness:
    """How like each other ``n`` wordings are.

    ``vectors`` (n, dimensions) are of length 1, ``languages`` (n,) say which of ``references``
    (questions about anything, the same in each language) is in the wording's language, ``words``
    are its content words.
    """

    def __init__(
        self,
        vectors: Vectors,
        languages: NDArray[np.int64],
        words: Sequence[Collection[str]],
        references: Sequence[Vectors],
    ) -> None:
        self._vectors, self._languages = vectors, languages
        self._steps = np.clip([len(each) for each in words], 2, 4) - 2
        codes = [" ".join(sorted(w for w in each if _CODE.search(w))) for each in words]
        self._codes = np.unique(codes, return_inverse=True)[1]
        self._usual = np.array([[_usual(one, other) for other in references] for one in references])
        self._crowd = np.zeros((len(vectors), len(references)), np.float32)
        for rows in self._blocks():
            cosines = self._cosines(rows)
            for language, others in enumerate(references):
                here = np.hstack([cosines[:, languages == language], vectors[rows] @ others.T])
                nearest = np.partition(here, -CROWD, axis=1)[:, -CROWD:]
                self._crowd[rows, language] = nearest.mean(axis=1)

    def excess(self, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> Vectors:
        """(rows, columns) by how much each pair's margin is above its bound; below 0 where not."""
        cosines = self._vectors[rows] @ self._vectors[columns].T
        return self._excess(cosines, rows, columns)

    def pairs(self) -> list[tuple[int, int]]:
        """Pairs of places that mean the same, the surest first."""
        best = np.full(len(self._vectors), -np.inf, np.float32)
        found: list[tuple[float, int, int, bool]] = []
        everything = np.arange(len(self._vectors))
        for rows in self._blocks():
            cosines = self._cosines(rows)
            excess = self._excess(cosines, rows, everything)
            across = self._languages[rows][:, None] != self._languages[None]
            best[rows] = np.where(across, excess, -np.inf).max(axis=1, initial=-np.inf)
            least = np.where(across, NEAR_ACROSS, NEAR)
            coded = self._codes[rows][:, None] == self._codes[None]
            near = (cosines - self._mean(rows, everything)) / self._unit(rows, everything) >= least
            for row, column in zip(*np.nonzero(near & coded & (excess >= 0)), strict=True):
                one, other = int(rows[row]), int(column)
                if one < other:
                    found.append((float(excess[row, column]), one, other, across[row, column]))
        sure = [
            (excess, one, other)
            for excess, one, other, across in found
            if not across or (excess >= best[one] and excess >= best[other])
        ]
        return [
            (one, other) for _, one, other in sorted(sure, key=lambda pair: (-pair[0], *pair[1:]))
        ]

    def _blocks(self) -> Iterator[NDArray[np.int64]]:
        for start in range(0, len(self._vectors), _BLOCK):
            yield np.arange(start, min(start + _BLOCK, len(self._vectors)))

    def _cosines(self, rows: NDArray[np.int64]) -> Vectors:
        """To all wordings; to itself -1."""
        cosines = self._vectors[rows] @ self._vectors.T
        cosines[np.arange(len(rows)), rows] = -1
        return cosines

    def _excess(
        self, cosines: Vectors, rows: NDArray[np.int64], columns: NDArray[np.int64]
    ) -> Vectors:
        one, other = self._languages[rows], self._languages[columns]
        crowd = (self._crowd[rows][:, other] + self._crowd[columns][:, one].T) / 2
        shorter = np.minimum(self._steps[rows][:, None], self._steps[columns][None])
        across = np.array(MARGINS_ACROSS)[shorter]
        least = np.where(one[:, None] != other[None], across, np.array(MARGINS)[shorter])
        return (cosines - crowd) / self._unit(rows, columns) - least

    def _mean(self, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> Vectors:
        return self._usual[self._languages[rows][:, None], self._languages[columns][None]]

    def _unit(self, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> Vectors:
        return 1 - self._mean(rows, columns)


def _usual(one: Vectors, other: Vectors) -> float:
    """The mean cosine of two different questions; the same in two languages is left out."""
    cosines = one @ other.T
    return float(cosines[~np.eye(len(one), dtype=bool)].mean())
