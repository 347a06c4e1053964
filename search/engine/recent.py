"""The documents of the last small writes, kept beside a tantivy index.

tantivy merges segments as soon as there are eight of about one size, and takes all below some
16,000 documents for one size: on a site of 10,000 articles each eighth publication would write the
whole index again, and the next one wait for it. So before it comes to that, what the last small
writes brought is written once more together; tantivy drops segments that are empty then.
"""

import json
import os
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

#: The end of the file's name: a copy of an index does without it.
SUFFIX = ".recent"
#: A write of more documents than these is worth a segment of its own.
SMALL = 50
#: Documents that are written again at most; more stay in the segment that they have come to.
MOST = 300
#: So it is where the file has become longer than this many bytes.
LONGEST = 8_000_000
#: Fewer documents than these are merged in a moment.
WORTH_IT = 1_000
#: Segments at which the small ones become one.
SEGMENTS = 7

#: After fewer small writes it is better to let tantivy merge: other segments are the many.
WRITES = 3

_HEAD = struct.Struct("<qqI")
#: Ids of marks: a write begins; what stands before was written together.
_WRITE, _TOGETHER = -1, -2

#: The fields of a document; None where it was deleted.
Fields = dict[str, Any] | None


class Recent:
    """What was written lately, by id: (version, fields). Used by who holds the writer's lock.

    A change is added before it is committed. So for a version that the index has, what is kept is
    what it has, or what a commit that failed should have brought, which is to be repeated anyway.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / f"writes{SUFFIX}"

    def again(
        self,
        changes: Mapping[int, tuple[int, Fields]],
        documents: int,
        segments: int,
        known: Callable[[list[int]], Mapping[int, int]],
    ) -> dict[int, tuple[int, Fields]]:
        """Return what to write again beside ``changes``, and remember those; raises `OSError`.

        ``known`` tells the versions that the index has, of so many documents and segments.
        """
        if documents < WORTH_IT:
            self._clear()
            return {}
        found: dict[int, tuple[int, Fields]] = {}
        if segments >= SEGMENTS:
            kept, writes = self._read()
            if writes >= WRITES:
                there = known(list(kept))
                found = {
                    id_: change
                    for id_, change in kept.items()
                    if id_ not in changes and there.get(id_) == change[0]
                }
                self._append([(_TOGETHER, 0, None)])
        if len(found) > MOST or self._size() > LONGEST:
            self._clear()
        if len(changes) <= SMALL:
            rows = ((id_, version, fields) for id_, (version, fields) in changes.items())
            self._append([(_WRITE, 0, None), *rows])
        return found

    def _append(self, rows: Iterable[tuple[int, int, Fields]]) -> None:
        with self._file.open("ab") as file:
            for id_, version, fields in rows:
                data = zlib.compress(json.dumps(fields, ensure_ascii=False).encode(), 1)
                file.write(_HEAD.pack(id_, version, len(data)) + data)
            file.flush()
            os.fsync(file.fileno())

    def _read(self) -> tuple[dict[int, tuple[int, Fields]], int]:
        """The last change of each document, and how many writes came since they were last written
        together; where the file is spoilt it begins anew."""
        found: dict[int, tuple[int, Fields]] = {}
        writes = 0
        try:
            for id_, version, fields in _records(self._file.read_bytes()):
                if id_ == _TOGETHER:
                    writes = 0
                elif id_ == _WRITE:
                    writes += 1
                else:
                    found[id_] = version, fields
        except FileNotFoundError:
            pass
        except (zlib.error, ValueError, struct.error):
            self._clear()
        return found, writes

    def _size(self) -> int:
        return self._file.stat().st_size if self._file.exists() else 0

    def _clear(self) -> None:
        self._file.unlink(missing_ok=True)


def _records(data: bytes) -> Iterator[tuple[int, int, Fields]]:
    at = 0
    while at < len(data):
        id_, version, length = _HEAD.unpack_from(data, at)
        at += _HEAD.size
        yield id_, version, json.loads(zlib.decompress(data[at : at + length]))
        at += length
