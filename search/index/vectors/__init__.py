"""Vectors of what articles say and of what people ask, chosen by the settings and kept.

`query_vector` is what a search asks for; documents carry vectors from the cache (`attached`), which
outlives rebuilds; the worker makes those that are missing (`making`).
"""

from .asking import query_vector

__all__ = ["query_vector"]
