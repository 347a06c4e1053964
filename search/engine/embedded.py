"""The embedded engine: tantivy, in a folder on this machine. No server, no settings, no ORM.

One process writes at a time (a file lock; others wait); all processes see a commit at their next
search. A kill at any moment leaves the last commit.
"""

import fcntl
import os
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

import tantivy
from tantivy import Query

from . import tantivy_query, tantivy_schema
from .beside import both
from .fields import surface
from .protocol import (
    Deletion,
    EngineBusy,
    EngineDocument,
    EngineFailed,
    EngineMissing,
    EngineQuery,
    EngineResult,
    Filters,
    NearHit,
    VectorSpace,
    Vocabulary,
    WriteReport,
)
from .recent import Fields, Recent
from .tantivy_search import Frequencies, as_hits, is_dear, passing, searched
from .tantivy_vocabulary import Words
from .vector_files import read_manifest
from .vector_store import VectorStore, versions_of

#: Bytes that a writer may fill before it must write a segment.
HEAP = 64_000_000
#: Seconds to wait for another process's writer.
LOCK_TIMEOUT = 30.0

_Change = TypeVar("_Change", EngineDocument, Deletion)


class EmbeddedEngine:
    """One generation of the index in one folder. Threads may share it; readers survive a fork."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            self._index = tantivy.Index(tantivy_schema.SCHEMA, path=str(folder))
            self._index.config_reader("manual")
        except ValueError as error:
            raise EngineMissing(f"The index in {folder.name} cannot be opened: {error}") from error
        told = read_manifest(folder)
        self._vectors = VectorStore(folder, told.space) if told else None
        self._recent = Recent(folder)
        self._stamp: tuple[int, int] | None = None
        self._meta = str(folder / "meta.json")
        self._frequencies = Frequencies(self._index.searcher())
        self._reading = threading.Lock()
        self._words = Words(self._frequency)

    @property
    def space(self) -> VectorSpace | None:
        """Of which model it keeps vectors."""
        return self._vectors.space if self._vectors else None

    def nearest(
        self, vector: Sequence[float], filters: Filters, limit: int, model: str
    ) -> tuple[NearHit, ...]:
        """Return the documents of which a part is nearest, by cosine and then by id."""
        if self._vectors is None or not self._vectors.space.has(vector, model):
            return ()
        self._searcher()
        stamp = self._stamp  # what is read below is as new, or newer
        return self._vectors.nearest(
            vector,
            filters,
            limit,
            lambda those: passing(self._index.searcher(), those),
            stamp,
        )

    def search(self, query: EngineQuery) -> EngineResult:
        """Return one page of hits, by score and then by id."""
        return self.search_all([query])[0]

    def search_all(self, queries: Sequence[EngineQuery]) -> list[EngineResult]:
        """Return a page of hits for each query; the first beside the others where all are dear."""
        searcher, frequencies = self._searcher(), self._frequencies

        def page(query: EngineQuery) -> EngineResult:
            return searched(searcher, query, frequencies)

        if (
            len(queries) > 1
            and is_dear(queries[0], frequencies)
            and any(is_dear(query, frequencies) for query in queries[1:])
        ):
            first, rest = both(lambda: page(queries[0]), lambda: [page(q) for q in queries[1:]])
            return [first, *rest]
        return [page(query) for query in queries]

    def write(
        self, documents: Iterable[EngineDocument], deletes: Iterable[Deletion] = ()
    ) -> WriteReport:
        """Make documents findable and deletions effective, in one commit."""
        by_id, gone = _newest(documents), _newest(deletes)
        for id_ in by_id.keys() & gone.keys():
            loser: dict = by_id if by_id[id_].version <= gone[id_].version else gone
            del loser[id_]
        with self._writing() as writer:
            known = self._known([*by_id, *gone])
            stale = {
                id_
                for id_, version in known.items()
                if (by_id.get(id_) or gone[id_]).version < version
            }
            changes: dict[int, tuple[int, Fields]] = {
                **{d.id: (d.version, tantivy_schema.fields_of(d)) for d in by_id.values()},
                **{d.id: (d.version, None) for d in gone.values()},
            }
            changes = {id_: change for id_, change in changes.items() if id_ not in stale}
            searcher = self._index.searcher()
            again = self._recent.again(
                changes, searcher.num_docs, searcher.num_segments, self._known
            )
            for id_, (version, fields) in (again | changes).items():
                if id_ in known or id_ in again:
                    writer.delete_documents_by_term("id", id_)
                writer.add_document(tantivy_schema.document(id_, version, fields))
            if self._vectors:
                fresh = [document for id_, document in by_id.items() if id_ not in stale]
                self._vectors.write(fresh, self._versions_of)
        return WriteReport(frozenset((by_id.keys() | gone.keys()) - stale), frozenset(stale))

    def fill(self, batches: Iterable[Sequence[EngineDocument]]) -> Iterator[WriteReport]:
        """Write batch after batch."""
        return (self.write(batch) for batch in batches)

    def tend(self) -> bool:
        """Make what large numbers of vectors are found by."""
        return self._vectors.tend() if self._vectors else False

    def versions(self) -> Iterator[tuple[int, int]]:
        """Yield (id, version) of every document, in the order of ids."""
        searcher = self._searcher(strict=True)
        everything = tantivy_query.build(EngineQuery(filters=Filters(level=3)))
        found = searcher.search(everything, max(1, searcher.num_docs), count=False)
        yield from sorted((hit.id, hit.version) for hit in as_hits(searcher, found.hits))

    def document_frequency(self, field: str, token: str) -> int:
        """Return in how many documents `field` holds `token`; just-deleted ones may count."""
        return self.document_frequencies([(field, token)])[field, token]

    def document_frequencies(
        self, tokens: Iterable[tuple[str, str]]
    ) -> Mapping[tuple[str, str], int]:
        """Return `document_frequency` of each (field, token)."""
        self._searcher()
        frequencies = self._frequencies
        return {asked: frequencies[asked] for asked in tokens}

    def vocabulary(self, level: int) -> Vocabulary:
        """Return the words a reader of `level` may see; at most half a minute old."""
        return self._words.of(level, self._searcher(), self._stamp)

    def count(self) -> int:
        """Return the number of documents."""
        return self.search(EngineQuery(filters=Filters(level=3), limit=1)).total

    def size(self) -> int:
        """Return the bytes that the index takes."""
        return sum(file.stat().st_size for file in self.folder.iterdir() if file.is_file())

    def close(self) -> None:
        """Let go of the words in memory; tantivy lets go of files with the object."""
        self._words.forget()

    def _frequency(self, level: int, word: str) -> int:
        frequencies = self._frequencies  # as fresh as when the vocabulary was asked for
        if not level:
            return frequencies[surface(0), word]
        return sum(frequencies[surface(lower), word] for lower in range(level + 1))

    def _searcher(self, *, strict: bool = False) -> tantivy.Searcher:
        """A reader of the last commit, whoever made it (one `stat` where nothing changed).

        Where the folder is gone or spoilt it goes on with what it has in memory, unless `strict`:
        readers are better served late than not at all.
        """
        try:
            status = os.stat(self._meta)
            stamp = (status.st_mtime_ns, status.st_ino)
            if stamp != self._stamp:
                with self._reading:
                    self._index.reload()
                    self._frequencies = Frequencies(self._index.searcher())
                    self._stamp = stamp
        except (OSError, ValueError) as error:
            if strict or self._stamp is None:
                if isinstance(error, FileNotFoundError):
                    raise EngineMissing(f"The index {self.folder.name} is gone.") from error
                raise EngineFailed(f"The index cannot be read: {error}") from error
        return self._index.searcher()

    @contextmanager
    def _writing(self) -> Iterator[tantivy.IndexWriter]:
        """The one writer: waits for its turn, commits at the end, lets go whatever happens."""
        try:
            file = (self.folder / "writer.lock").open("a")
        except FileNotFoundError as error:
            raise EngineMissing(f"The index {self.folder.name} is gone.") from error
        except OSError as error:
            raise EngineFailed(f"The index could not be written: {error}") from error
        with file as lock:
            wait_for(lock.fileno())
            try:
                writer = self._index.writer(HEAP, 1)
                try:
                    yield writer
                    writer.commit()
                    writer.wait_merging_threads()
                except BaseException:
                    # The lock goes with the writer, even where there is nothing to go back to.
                    with suppress(ValueError, OSError):
                        writer.rollback()
                    del writer
                    raise
            except (ValueError, OSError, OverflowError, TypeError) as error:
                raise EngineFailed(f"The index could not be written: {error}") from error

    def _known(self, ids: Sequence[int]) -> dict[int, int]:
        """The versions that the index holds of these ids, tombstones included."""
        searcher = self._searcher(strict=True)
        if not ids or not searcher.num_docs:
            return {}
        query = Query.term_set_query(tantivy_schema.SCHEMA, "id", list(ids))
        found = searcher.search(query, len(ids), count=False)
        return {hit.id: hit.version for hit in as_hits(searcher, found.hits)}

    def _versions_of(self, ids: Any) -> Any:
        """The versions that the index holds of an array of ids; -1 where it has none."""
        import numpy as np

        known = sorted(self._known([int(i) for i in np.unique(ids)]).items())
        pairs = np.array(known, dtype=np.int64).reshape(-1, 2)
        return versions_of(ids, pairs[:, 0], pairs[:, 1])


def _newest(changes: Iterable[_Change]) -> dict[int, _Change]:
    return {change.id: change for change in sorted(changes, key=lambda change: change.version)}


def wait_for(lock: int) -> None:
    """Take the writer's lock (an open file); raises `EngineBusy` after `LOCK_TIMEOUT`."""
    deadline = time.monotonic() + LOCK_TIMEOUT
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise EngineBusy("Another process has been writing for too long.") from None
            time.sleep(0.02)
        else:
            return
