"""A graph over the vectors of a large segment (usearch), by which the nearest are found unread.

It is a third file beside those of the segment, `NAME.graph`, made after them by whoever has time;
until it is there, and where few rows pass a filter, all vectors are read, which is exact.
"""

from __future__ import annotations

import os
from importlib import util
from pathlib import Path
from typing import Any

from .vector_files import GRAPH, MANIFEST, Segment

#: Rows from which a graph is worth its making.
WORTH_IT = 100_000
#: Where fewer rows pass, reading them all takes no longer (about .13 ms a thousand).
FEW = 60_000
#: Rows to take from the graph for each one wanted, besides those that the filter will refuse.
SPARE = 4
#: Neighbours of a row; how thoroughly they are looked for.
CONNECTIVITY, EXPANSION = 16, 96
#: Rows added at once.
_AT_ONCE = 2_000


def is_due(folder: Path, segment: Segment) -> bool:
    """Whether the segment should have a graph and has none."""
    if len(segment.rows) < WORTH_IT or not util.find_spec("usearch"):
        return False
    return not (folder / f"{segment.name}{GRAPH}").exists()


def make(folder: Path, segment: Segment) -> None:
    """Make and put down the graph of a segment; all who have it open hear of it."""
    import numpy as np

    graph = _empty(segment.vectors.shape[1])
    for start in range(0, len(segment.rows), _AT_ONCE):
        vectors = np.asarray(segment.vectors[start : start + _AT_ONCE])
        graph.add(np.arange(start, start + len(vectors)), vectors, threads=1)
    fresh = folder / f"{segment.name}{GRAPH}.new"
    graph.save(str(fresh))
    with fresh.open("rb") as file:
        os.fsync(file.fileno())
    fresh.replace(folder / f"{segment.name}{GRAPH}")
    os.utime(folder / MANIFEST)


def opened(folder: Path, segment: Segment) -> Any | None:
    """The graph of a segment, mapped; None where it has none."""
    place = folder / f"{segment.name}{GRAPH}"
    if not place.exists() or not util.find_spec("usearch"):
        return None
    graph = _empty(segment.vectors.shape[1])
    graph.view(str(place))
    return graph


def near(graph: Any, asked: Any, mask: Any, passing: int, wanted: int) -> Any | None:
    """The rows nearest to a vector of those in `mask`; None where too few of them are found."""
    import numpy as np

    size = len(mask)
    count = min(size, int(wanted * SPARE * size / passing))
    if count * 4 > size:
        return None
    graph.expansion_search = max(EXPANSION, count)
    found = graph.search(asked, count, threads=1).keys.astype(np.int64)
    rows = found[mask[found]]
    return rows if len(rows) >= wanted else None


def _empty(dimensions: int) -> Any:
    from usearch.index import Index

    return Index(
        ndim=dimensions,
        metric="ip",
        dtype="f16",
        connectivity=CONNECTIVITY,
        expansion_add=EXPANSION,
    )
