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
BY_WORDS, BY_MEANING = 3.0, 2.5
_SEED = 1


def graph(found: Neighbours) -> sparse.csr_matrix:
    """(n, n), symmetric: texts are joined where one is among the other's nearest, by the cosine."""
    n, k = found.places.shape
    usable = (found.places >= 0) & (found.cosines > 0)
    rows = np.repeat(np.arange(n, dtype=np.int32), k)[usable.ravel()]
    one_way = sparse.csr_matrix((found.cosines[usable], (rows, found.places[usable])), shape=(n, n))
    return one_way.maximum(one_way.T).tocsr()


def communities(edges: sparse.csr_matrix, resolution: float) -> NDArray[np.int64]:
    """(n,) numbers of communities, the largest first; the same edges give the same answer."""
    if edges.nnz == 0:
        return np.arange(edges.shape[0], dtype=np.int64)
    method = Leiden(resolution=resolution, random_state=_SEED)
    return np.asarray(method.fit_predict(edges), np.int64)
