"""Vectors beside a tantivy index: segments that never change, and a manifest that names them.

A segment is two files: `NAME.rows.npy` (whose part each row is) and `NAME.vectors.npy`. All
processes map them, so that they lie in memory once. The manifest is replaced in one step, after the
segments are on the disk; a kill leaves files that it does not name, which the next write removes.

A row counts where tantivy has its document in just its version. So vectors are written before the
words are committed: until then the older ones count, and none ever stands for another text.
"""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .protocol import EngineDocument, VectorSpace

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MANIFEST = "meaning.json"
ROWS, VECTORS, GRAPH = ".rows.npy", ".vectors.npy", ".graph"
#: The level of a row that nobody reads: its document has no vectors in this version.
NOBODY = 127
#: Two neighbours become one where the younger has at least this share of the elder's rows.
MERGED_AT = 0.5
#: A larger segment stays as it is, unless most of its rows are of no use any more.
LARGEST = 100_000


@dataclass(frozen=True, slots=True)
class Segment:
    """Row n of `rows` (id, version, level, locale, part) says whose vector `vectors[n]` is.

    Rows of one language lie together, as that is how they are read.
    """

    name: str
    rows: NDArray[Any]
    vectors: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Manifest:
    """The segments, oldest first."""

    space: VectorSpace
    names: tuple[str, ...] = ()


def read_manifest(folder: Path) -> Manifest | None:
    """Return the manifest; None where the generation keeps no vectors."""
    try:
        told = json.loads((folder / MANIFEST).read_text())
    except FileNotFoundError:
        return None
    return Manifest(VectorSpace(told["model"], told["dimensions"]), tuple(told["segments"]))


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Put it in the place of the one before, at once."""
    told = {
        "model": manifest.space.model,
        "dimensions": manifest.space.dimensions,
        "segments": manifest.names,
    }
    fresh = folder / f"{MANIFEST}.new"
    with fresh.open("w") as file:
        json.dump(told, file)
        _to_disk(file)
    fresh.replace(folder / MANIFEST)
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def open_segment(folder: Path, name: str) -> Segment:
    """Map a segment; raises `FileNotFoundError` where another process has merged it away."""
    import numpy as np

    # A plain view of the mapped memory: numpy's own class for it is slow, row by row.
    rows, vectors = (
        np.asarray(np.load(folder / f"{name}{ending}", mmap_mode="r")) for ending in (ROWS, VECTORS)
    )
    return Segment(name, _told(rows), vectors)


def _told(rows: NDArray[Any]) -> NDArray[Any]:
    """The same; written before rows had a locale, with none."""
    import numpy as np

    names = rows.dtype.names or ()
    if "locale" in names:
        return rows
    told = np.zeros(len(rows), dtype=_kind(1, rows.dtype["part"].itemsize))
    for name in names:
        told[name] = rows[name]
    return told


def _kind(locale: int, part: int) -> list[tuple[str, str]]:
    """What a row is, with so many bytes at most for its texts."""
    texts = [("locale", f"S{locale or 1}"), ("part", f"S{part or 1}")]
    return [("id", "<i8"), ("version", "<i8"), ("level", "i1"), *texts]


def segment_of(documents: Iterable[EngineDocument], space: VectorSpace) -> Segment:
    """A segment, not written yet, with a row at least for each document."""
    import numpy as np

    nothing = bytes(4 * space.dimensions)
    rows: list[tuple[int, int, int, bytes, bytes]] = []
    vectors: list[bytes] = []
    for document in sorted(documents, key=lambda document: document.locale):
        about, locale = (document.id, document.version), document.locale.encode()
        parts = document.vectors.get(space.model, ())
        for part in parts:
            rows.append((*about, part.level, locale, part.part.encode()))
            vectors.append(part.vector)
        if not parts:
            rows.append((*about, NOBODY, locale, b""))
            vectors.append(nothing)
    kind = _kind(
        max((len(locale) for *_, locale, _ in rows), default=1),
        max((len(part) for *_, part in rows), default=1),
    )
    matrix = np.frombuffer(b"".join(vectors), dtype="<f4").reshape(len(rows), space.dimensions)
    return Segment(uuid.uuid4().hex, np.array(rows, dtype=kind), matrix)


def write_segment(folder: Path, segment: Segment) -> None:
    """Write both files and wait until they are on the disk."""
    import numpy as np

    for ending, array in ((ROWS, segment.rows), (VECTORS, segment.vectors)):
        with (folder / f"{segment.name}{ending}").open("wb") as file:
            np.save(file, array)
            _to_disk(file)


def joined(segments: Sequence[Segment], kept: Sequence[NDArray[np.bool_]]) -> Segment:
    """One segment, not written yet, of the rows of several that are to be kept."""
    import numpy as np

    rows = np.concatenate([s.rows[keep] for s, keep in zip(segments, kept, strict=True)])
    vectors = np.concatenate([s.vectors[keep] for s, keep in zip(segments, kept, strict=True)])
    order = np.argsort(rows["locale"], kind="stable")
    return Segment(uuid.uuid4().hex, rows[order], vectors[order])


def tidy(folder: Path, names: Iterable[str]) -> None:
    """Remove the files of segments that are not named; who has them mapped keeps them."""
    known = set(names)
    for file in folder.iterdir():
        name, _, ending = file.name.partition(".")
        if f".{ending}".startswith((ROWS, VECTORS, GRAPH)) and name not in known:
            with suppress(FileNotFoundError):
                file.unlink()


def _to_disk(file: Any) -> None:
    file.flush()
    os.fsync(file.fileno())
