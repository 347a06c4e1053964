"""The nearest texts of each text, by cosine.

By words the nearest are looked for in a space of few dimensions (SVD of a sample) and, where there
are not too many texts, put in order by their exact cosines. Vectors of meaning are compared as they
are, centred on their mean. Many rows are compared within the nearest cells only (IVF).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import faiss
import numpy as np
from scipy import sparse

from .features import BUCKETS, Features

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Neighbours of a text.
NEAREST = 12
#: Texts from which the mean of a language is taken.
FEWEST = 50
DIMENSIONS = 200
#: Up to so many texts all are compared, and the candidates' cosines are exact.
EXACT = 30_000
#: Texts on which the few dimensions are fitted: of a few texts, and of many.
SAMPLE, SAMPLE_OF_MANY = 20_000, 10_000
_CANDIDATES = 40
_BATCH = 2_000
_PROBES = 8
_SEED = 1
#: Of the randomised SVD: dimensions to spare, and power iterations.
_SPARE, _ROUNDS = 10, 2


@dataclass(frozen=True, slots=True)
class Neighbours:
    """``places`` and ``cosines`` are (n, k), the nearest first; a place of -1 is none."""

    places: NDArray[np.int32]
    cosines: NDArray[np.float32]


def by_words(texts: Sequence[str], k: int = NEAREST) -> Neighbours:
    """The nearest of each text by its words and n-grams; all texts should differ."""
    features = Features.learn(texts)
    chance = np.random.default_rng(_SEED)
    few = len(texts) <= EXACT
    rows = features.rows(texts) if few else None
    sample = SAMPLE if few else SAMPLE_OF_MANY
    chosen = np.sort(chance.permutation(len(texts))[:sample])
    axes = _axes(rows[chosen] if rows is not None else features.rows([texts[i] for i in chosen]))
    batches = [rows] if rows is not None else features.batches(texts)
    dense = np.vstack([_unit(np.asarray(batch @ axes, np.float32)) for batch in batches])
    found = nearest(dense, _CANDIDATES if few else k)
    return found if rows is None else _exactly(rows, found, k)


def by_meaning(
    vectors: NDArray[np.float32], languages: NDArray[np.bool_], k: int = NEAREST
) -> Neighbours:
    """The nearest of each vector after the mean of its language is taken away.

    Without the means, what is left is what is asked, and not in which language. ``languages`` (n,)
    tells texts without blanks from the others; a language of few texts has no mean of its own.
    """
    centred = vectors - vectors.mean(axis=0)
    for mask in (languages, ~languages):
        if np.count_nonzero(mask) >= FEWEST:
            centred[mask] = vectors[mask] - vectors[mask].mean(axis=0)
    return nearest(_unit(centred), k)


def nearest(dense: NDArray[np.float32], k: int) -> Neighbours:
    """The ``k`` nearest of each row of length 1, itself left out."""
    n, dimensions = dense.shape
    k = min(k, n - 1)
    if n <= EXACT:
        index: faiss.Index = faiss.IndexFlatIP(dimensions)
    else:
        cells = int(4 * np.sqrt(n))
        index = faiss.IndexIVFScalarQuantizer(
            faiss.IndexFlatIP(dimensions),
            dimensions,
            cells,
            faiss.ScalarQuantizer.QT_8bit,
            faiss.METRIC_INNER_PRODUCT,
        )
        index.cp.max_points_per_centroid = 32
        index.cp.niter = 4
        index.nprobe = _PROBES
        index.train(dense)
    index.add(dense)
    places = np.empty((n, k), np.int32)
    cosines = np.empty((n, k), np.float32)
    for start in range(0, n, _BATCH):
        stop = min(start + _BATCH, n)
        found, at = index.search(dense[start:stop], k + 1)
        others = at != np.arange(start, stop)[:, None]
        others[others.all(axis=1), -1] = False
        places[start:stop] = at[others].reshape(-1, k)
        cosines[start:stop] = found[others].reshape(-1, k)
    return Neighbours(places, cosines)


def _axes(sample: sparse.csr_array) -> NDArray[np.float32]:
    """(buckets, dimensions): the directions in which the sample differs most.

    Randomised SVD with power iterations (Halko, Martinsson, Tropp 2011).
    """
    used = np.unique(sample.indices)
    sample = sample[:, used]
    dimensions = min(DIMENSIONS, *sample.shape)
    width = min(dimensions + _SPARE, *sample.shape)
    chance = np.random.default_rng(_SEED)
    guess = sample @ chance.standard_normal((len(used), width), np.float32)
    for _round in range(_ROUNDS):
        guess = sample @ (sample.T @ np.linalg.qr(guess)[0])
    small = sample.T @ np.linalg.qr(guess)[0]
    values, turned = np.linalg.eigh(small.T @ small)
    best = np.argsort(-values)[:dimensions]
    lengths = np.sqrt(np.maximum(values[best], 1e-9))
    axes = np.zeros((BUCKETS, dimensions), np.float32)
    axes[used] = (small @ turned[:, best]) / lengths
    return axes


def _exactly(rows: sparse.csr_array, found: Neighbours, k: int) -> Neighbours:
    """The best ``k`` of the candidates by the cosines of the rows themselves."""
    places = np.empty((len(found.places), min(k, found.places.shape[1])), np.int32)
    cosines = np.empty(places.shape, np.float32)
    for start in range(0, len(places), _BATCH):
        candidates = found.places[start : start + _BATCH]
        size = candidates.shape[1]
        own = rows[start : start + _BATCH][np.repeat(np.arange(len(candidates)), size)]
        exact = own.multiply(rows[candidates.ravel()]).sum(axis=1).reshape(-1, size)
        order = np.argsort(-exact, axis=1, kind="stable")[:, : places.shape[1]]
        stop = start + len(candidates)
        places[start:stop] = np.take_along_axis(candidates, order, axis=1)
        cosines[start:stop] = np.take_along_axis(exact, order, axis=1)
    return Neighbours(places, cosines)


def _unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    lengths[lengths == 0] = 1
    return np.ascontiguousarray(rows / lengths, np.float32)
