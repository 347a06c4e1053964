"""The embedded engine's vectors: which rows count, which a reader may meet, which are nearest."""

from __future__ import annotations

import fcntl
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import vector_files as files
from . import vector_graph
from .protocol import EngineDocument, EngineFailed, Filters, NearHit, VectorSpace

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]

#: (ids, versions) of the documents that pass the filters; of those given, if any are.
Passing = Callable[[Filters], tuple[Sequence[int], Sequence[int]]]

#: Filters of which it is remembered which rows pass, for one state of the index.
MOST_FILTERS = 64
#: Times to read the manifest while others change the segments under it.
ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class _Opened:
    """The segments as of one manifest; `stamp` tells it from others."""

    stamp: tuple[int, int]
    segments: tuple[files.Segment, ...]
    #: Of each segment the rows that no younger one has again in the same version.
    last: tuple[Mask, ...]
    #: Of each segment its rows by their documents, and those documents' ids in that order.
    by_id: tuple[tuple[Any, Any], ...]
    graphs: tuple[Any | None, ...]


class VectorStore:
    """The vectors in one folder. Threads may share it; one process writes at a time."""

    def __init__(self, folder: Path, space: VectorSpace) -> None:
        self.folder, self.space = folder, space
        self._opened: _Opened | None = None
        self._masks: OrderedDict[object, tuple[Mask, ...]] = OrderedDict()
        self._lock = threading.Lock()

    def nearest(
        self,
        vector: Sequence[float],
        filters: Filters,
        limit: int,
        passing: Passing,
        state: object,
    ) -> tuple[NearHit, ...]:
        """Return the nearest documents of those that pass, by cosine and then by id.

        `state` is equal as long as `passing` answers the same.
        """
        import numpy as np

        opened = self._open()
        asked = np.asarray(vector, dtype=np.float32)
        if filters.ids is None:
            chosen = self._near(
                opened, self._masks_of(opened, filters, passing, state), asked, limit
            )
        else:
            chosen = _rows_of(opened, filters, passing)
        ids, cosines, places = [], [], []
        for number, (segment, rows) in enumerate(zip(opened.segments, chosen, strict=True)):
            if not len(rows):
                continue
            ids.append(segment.rows["id"][rows])
            cosines.append(_cosines(segment.vectors, rows, asked))
            places.append(np.stack([np.full(len(rows), number), rows], axis=1))
        if not ids or limit < 1:
            return ()
        best = _best(np.concatenate(ids), np.concatenate(cosines), limit)
        found = np.concatenate(places)[best[0]].tolist()
        return tuple(
            _hit(opened.segments[number].rows[row], cosine)
            for (number, row), cosine in zip(found, best[1].tolist(), strict=True)
        )

    def _near(
        self, opened: _Opened, masks: Sequence[Mask], asked: Any, limit: int
    ) -> Iterator[Any]:
        """Of each segment the rows to be compared: all that pass, or those that its graph names."""
        import numpy as np

        for graph, mask in zip(opened.graphs, masks, strict=True):
            passing = int(np.count_nonzero(mask))
            found = None
            if graph is not None and passing > vector_graph.FEW:
                found = vector_graph.near(graph, asked, mask, passing, limit)
            yield np.flatnonzero(mask) if found is None else found

    def tend(self) -> bool:
        """Make a graph that is due, unless another process is at it; returns whether one was made.

        Takes minutes; searches and writes go on.
        """
        due = [s for s in self._open().segments if vector_graph.is_due(self.folder, s)]
        if not due:
            return False
        with (self.folder / "graph.lock").open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            vector_graph.make(self.folder, due[0])
        return True

    def write(self, documents: Sequence[EngineDocument], known: Callable[[Any], Any]) -> None:
        """Add the vectors of documents about to be written; the caller holds the writer's lock.

        `known` returns the versions that the index has of an array of ids, -1 where it has none.
        """
        opened = self._open()
        had = _had([document.id for document in documents], opened.segments)
        wanted = [d for d in documents if d.vectors.get(self.space.model) or d.id in had]
        if not wanted:
            return
        fresh = files.segment_of(wanted, self.space)
        kept = list(opened.segments)
        size = len(fresh.rows)
        merged: list[files.Segment] = []
        while kept and size >= files.MERGED_AT * len(kept[-1].rows) and size < files.LARGEST:
            merged.insert(0, kept.pop())
            size += len(merged[0].rows)
        if merged:
            last = _last([*merged, fresh])
            useful = [
                mask & (segment.rows["version"] >= known(segment.rows["id"]))
                for segment, mask in zip(merged, last[:-1], strict=True)
            ]
            fresh = files.joined([*merged, fresh], [*useful, last[-1]])
        files.write_segment(self.folder, fresh)
        names = (*(segment.name for segment in kept), fresh.name)
        files.write_manifest(self.folder, files.Manifest(self.space, names))
        files.tidy(self.folder, names)

    def count(self) -> int:
        """Return the number of rows, those of no use included."""
        return sum(len(segment.rows) for segment in self._open().segments)

    def _open(self) -> _Opened:
        for _ in range(ATTEMPTS):
            try:
                told = (self.folder / files.MANIFEST).stat()
                stamp = (told.st_mtime_ns, told.st_ino)
                if self._opened is None or self._opened.stamp != stamp:
                    self._opened = self._mapped(stamp)
            except FileNotFoundError:
                if self._opened is not None and not self.folder.exists():
                    break  # the generation is gone; go on with what is in memory
                continue
            except (OSError, ValueError) as error:
                raise EngineFailed(f"The vectors cannot be read: {error}") from error
            break
        if self._opened is None:
            raise EngineFailed("The vectors cannot be read: they are gone.")
        return self._opened

    def _mapped(self, stamp: tuple[int, int]) -> _Opened:
        manifest = files.read_manifest(self.folder)
        if manifest is None:
            raise FileNotFoundError(files.MANIFEST)
        known = {s.name: s for s in self._opened.segments} if self._opened else {}
        segments = tuple(
            known.get(name) or files.open_segment(self.folder, name) for name in manifest.names
        )
        return _Opened(
            stamp,
            segments,
            _last(segments),
            tuple(_by_id(segment) for segment in segments),
            tuple(vector_graph.opened(self.folder, segment) for segment in segments),
        )

    def _masks_of(
        self, opened: _Opened, filters: Filters, passing: Passing, state: object
    ) -> tuple[Mask, ...]:
        """Of each segment the rows that count, and that pass."""
        import numpy as np

        lasting = replace(filters, not_ids=())
        key = (opened.stamp, state, lasting)
        with self._lock:
            masks = self._masks.get(key)
        if masks is None:
            masks = _masks(opened, lasting, passing)
            with self._lock:
                self._masks[key] = masks
                while len(self._masks) > MOST_FILTERS:
                    self._masks.popitem(last=False)
        if filters.not_ids:
            refused = np.array(filters.not_ids, dtype=np.int64)
            masks = tuple(
                mask & ~np.isin(segment.rows["id"], refused)
                for segment, mask in zip(opened.segments, masks, strict=True)
            )
        return masks


def _masks(opened: _Opened, filters: Filters, passing: Passing) -> tuple[Mask, ...]:
    ids, versions = _by_ids(*passing(filters))
    return tuple(
        mask
        & (segment.rows["level"] <= filters.level)
        & (segment.rows["version"] == versions_of(segment.rows["id"], ids, versions))
        for segment, mask in zip(opened.segments, opened.last, strict=True)
    )


def _rows_of(opened: _Opened, filters: Filters, passing: Passing) -> Iterator[Any]:
    """Of each segment the rows of a few documents that count, and that pass."""
    import numpy as np

    ids, versions = _by_ids(*passing(filters))
    for segment, last, (order, known) in zip(
        opened.segments, opened.last, opened.by_id, strict=True
    ):
        starts, ends = (np.searchsorted(known, ids, side) for side in ("left", "right"))
        ranges = [order[start:end] for start, end in zip(starts, ends, strict=True)]
        rows = np.concatenate(ranges) if ranges else np.empty(0, dtype=np.int64)
        about = segment.rows[rows]
        fits = about["version"] == versions_of(about["id"], ids, versions)
        yield rows[last[rows] & (about["level"] <= filters.level) & fits]


def _by_ids(ids: Sequence[int], versions: Sequence[int]) -> tuple[Any, Any]:
    import numpy as np

    order = np.argsort(np.array(ids, dtype=np.int64))
    return np.array(ids, dtype=np.int64)[order], np.array(versions, dtype=np.int64)[order]


def _by_id(segment: files.Segment) -> tuple[Any, Any]:
    import numpy as np

    order = np.argsort(segment.rows["id"], kind="stable")
    return order, segment.rows["id"][order]


def versions_of(asked: Any, ids: Any, versions: Any) -> Any:
    """Return the version of each id asked for; -1 for those that `ids` (sorted) lacks."""
    import numpy as np

    if not len(ids):
        return np.full(len(asked), -1, dtype=np.int64)
    places = np.minimum(np.searchsorted(ids, asked), len(ids) - 1)
    return np.where(ids[places] == asked, versions[places], -1)


def _had(ids: Sequence[int], segments: Sequence[files.Segment]) -> set[int]:
    """Those of the ids that have rows already."""
    import numpy as np

    asked = np.array(ids, dtype=np.int64)
    return {int(i) for segment in segments for i in asked[np.isin(asked, segment.rows["id"])]}


def _last(segments: Sequence[files.Segment]) -> tuple[Mask, ...]:
    """Of each segment the rows whose document no younger one has again in the same version."""
    import numpy as np

    if not segments:
        return ()
    ids = np.concatenate([segment.rows["id"] for segment in segments])
    versions = np.concatenate([segment.rows["version"] for segment in segments])
    lengths = [len(segment.rows) for segment in segments]
    ages = np.repeat(np.arange(len(segments)), lengths)
    order = np.lexsort((ages, versions, ids))
    ends = np.ones(len(order), dtype=bool)  # whether another document or version follows
    ends[:-1] = (np.diff(ids[order]) != 0) | (np.diff(versions[order]) != 0)
    groups = np.concatenate([[0], np.cumsum(ends)[:-1]])
    youngest = np.empty(len(order), dtype=np.int64)
    youngest[order] = ages[order][np.flatnonzero(ends)][groups]
    return tuple(np.split(youngest == ages, np.cumsum(lengths)[:-1]))


def _cosines(vectors: Any, rows: Any, asked: Any) -> Any:
    """The products of some rows; where they lie near together of all between, which copies none."""
    first, last = rows.min(), rows.max() + 1
    if len(rows) * 3 > last - first:
        return (vectors[first:last] @ asked)[rows - first]
    return vectors[rows] @ asked


def _best(ids: Any, cosines: Any, limit: int) -> tuple[Any, Any]:
    """The places and cosines of the best row of each of the `limit` nearest documents."""
    import numpy as np

    take = min(len(ids), max(64, 8 * limit))
    while True:
        top = np.argpartition(-cosines, take - 1)[:take] if take < len(ids) else np.arange(len(ids))
        # By document and then by cosine, of which the first row is the best one.
        rounded = np.round(cosines[top], 6)
        order = np.lexsort((-rounded, ids[top]))
        _, first = np.unique(ids[top][order], return_index=True)
        places = top[order][first]
        if len(places) > limit or take == len(ids):
            ranked = places[np.lexsort((ids[places], -np.round(cosines[places], 6)))][:limit]
            # What ties with the last of those looked at may have a smaller id.
            if take == len(ids) or cosines[ranked[-1]] > cosines[top].min() + 1e-6:
                return ranked, cosines[ranked]
        take = min(len(ids), take * 4)


def _hit(row: Any, cosine: float) -> NearHit:
    id_, version, _, _, part = row.item()
    return NearHit(id_, version, part.decode(), cosine)
