"""Vectors of what articles say and of what people ask, chosen by the settings and kept.

`query_vector` is what a search asks for, after `expect_vector` where it has other work meanwhile;
documents carry vectors from the cache (`attached`), which outlives rebuilds; the worker makes those
that are missing (`making`).
"""

from .asking import expect_vector, query_vector

__all__ = ["expect_vector", "query_vector"]
