"""Groups in the graph of neighbours: Leiden's method (Traag et al. 2019), by modularity."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse
from sknetwork.clustering import Leiden

from .neighbours import Neighbours

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: How fine the groups are by words and by meaning; 1 is plain modularity.
BY_WORDS, BY_MEANING = 2.75, 2.5
#: Partitions that vote on each tie, where there are no more than so many texts.
_VOTES, _FEW = 4, 30_000
_SEED = 1


def graph(found: Neighbours) -> sparse.csr_matrix:
    """(n, n), symmetric: texts are joined where one is among the other's nearest, by the cosine."""
    n, k = found.places.shape
    usable = (found.places >= 0) & (found.cosines > 0)
    rows = np.repeat(np.arange(n, dtype=np.int32), k)[usable.ravel()]
    one_way = sparse.csr_matrix((found.cosines[usable], (rows, found.places[usable])), shape=(n, n))
    return one_way.maximum(one_way.T).tocsr()


def communities(edges: sparse.csr_matrix, resolution: float) -> NDArray[np.int64]:
    """(n,) numbers of communities, the largest first; the same edges give the same answer.

    What Leiden's method finds depends on the order of the texts. So it is asked in several orders,
    and ties that it cuts in some of them count less in the last answer (consensus clustering,
    Lancichinetti and Fortunato 2012). Of many texts one order tells nearly the same.
    """
    n = edges.shape[0]
    if edges.nnz == 0:
        return np.arange(n, dtype=np.int64)
    if n > _FEW:
        return _leiden(edges, resolution)
    chance = np.random.default_rng(_SEED)
    ties = edges.tocoo()
    together = np.zeros(ties.nnz)
    for _vote in range(_VOTES):
        order = chance.permutation(n)
        found = np.empty(n, np.int64)
        found[order] = _leiden(edges[order][:, order], resolution)
        together += found[ties.row] == found[ties.col]
    agreed = sparse.csr_matrix((ties.data * together / _VOTES, (ties.row, ties.col)), shape=(n, n))
    agreed.eliminate_zeros()
    return _leiden(agreed, resolution) if agreed.nnz else np.arange(n, dtype=np.int64)


def _leiden(edges: sparse.csr_matrix, resolution: float) -> NDArray[np.int64]:
    method = Leiden(resolution=resolution, random_state=_SEED)
    return np.asarray(method.fit_predict(sparse.csr_matrix(edges)), np.int64)
