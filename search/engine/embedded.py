"""The embedded engine: a tantivy index in a folder, for one machine.

Any number of processes read; writers take turns by a file lock and let go of it after each write.
"""

import os
import shutil
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import tantivy
from tantivy import Order, Query

from . import tantivy_query
from .fields import surface
from .protocol import (
    CoveredWord,
    Deletion,
    EngineDocument,
    EngineFailed,
    EngineHit,
    EngineMissing,
    EngineQuery,
    EngineResult,
    WriteReport,
)
from .tantivy_schema import schema, to_tantivy
from .tombstones import Tombstones
from .vocabulary import CachedVocabulary, VocabularyCache
from .writelock import write_lock

LOCK_SECONDS = 30.0
_META = "meta.json"
_FACET_VALUES = 1000
_FACET_FIELDS = {"categories": "categories", "kind": "kind", "product": "products", "locale": "locale"}
_SMALL_BATCH = 100
_SMALL_HEAP, _LARGE_HEAP = 15_000_000, 100_000_000
_SAME_SCORE = 4  # decimals: sums of floats differ beyond them by the order of addition
_MOST_TIES = 4096


class EmbeddedEngine:
    """One generation in the folder `path`, which is made if it is not there.

    Raises `EngineMissing` where an index of another version of the software is found.
    """

    def __init__(self, path: str | Path, lock_seconds: float = LOCK_SECONDS) -> None:
        self._path = Path(path)
        self._lock_seconds = lock_seconds
        self._path.mkdir(parents=True, exist_ok=True)
        self._tombstones = Tombstones(self._path / "tombstones.sqlite3")
        self._reloading = threading.Lock()
        self._index = self._open()
        self._index.config_reader("manual")
        self._seen: object = None
        self._words = VocabularyCache(self._read_words, self._live_frequency, self._state)

    def search(self, query: EngineQuery) -> EngineResult:
        """Return one page of hits, by score and then by id."""
        searcher = self._searcher()
        built = tantivy_query.build(query)
        hits, total = self._page(searcher, built, query)
        return EngineResult(hits, total, self._facets(searcher, built, query.facets))

    def coverage(
        self, words: Sequence[CoveredWord], ids: Sequence[int], level: int
    ) -> dict[int, float]:
        """Return for each id found the exact share of the words' mass that it covers."""
        whole = sum(word.mass for word in words)
        if not ids or whole <= 0:
            return {}
        searcher = self._searcher()
        built = tantivy_query.covering(words, ids, level)
        found = searcher.search(built, limit=len(ids), count=False).hits
        return {
            id: min(1.0, score / whole)
            for (score, _), id in zip(found, self._values(searcher, "id", found), strict=True)
        }

    def write(
        self, documents: Iterable[EngineDocument], deletes: Iterable[Deletion] = ()
    ) -> WriteReport:
        """Make documents findable and deletions effective, in one durable step."""
        newest: dict[int, EngineDocument | Deletion] = {}
        for change in (*documents, *deletes):
            if change.id not in newest or change.version >= newest[change.id].version:
                newest[change.id] = change
        if not newest:
            return WriteReport(frozenset(), frozenset())
        with write_lock(self._path / "write.lock", self._lock_seconds):
            try:
                return self._write(newest)
            except (ValueError, OSError) as failure:
                raise EngineFailed(
                    f"The search index in {self._path} could not be written: {failure}. "
                    "What it held before is kept."
                ) from failure

    def versions(self) -> Iterator[tuple[int, int]]:
        """Yield (id, version) of every document, in the order of ids."""
        searcher = self._searcher()
        if not searcher.num_docs:
            return
        found = searcher.search(
            Query.all_query(), searcher.num_docs, False, order_by_field="id", order=Order.Asc
        ).hits
        yield from zip(
            (int(id) for id, _ in found), self._values(searcher, "version", found), strict=True
        )

    def document_frequency(self, field: str, token: str) -> int:
        """Return in how many documents `field` holds `token`; may count just-deleted ones."""
        return self._searcher().doc_freq(field, token)

    def vocabulary(self, level: int) -> CachedVocabulary:
        """Return the words a reader of `level` may see."""
        return self._words.get(level)

    def count(self) -> int:
        """Return the number of documents."""
        return self._searcher().num_docs

    def size(self) -> int:
        """Return the bytes that the index takes."""
        return sum(entry.stat().st_size for entry in os.scandir(self._path) if entry.is_file())

    def close(self) -> None:
        """Nothing to do: files are closed with the last search that uses them."""

    def _open(self) -> tantivy.Index:
        with write_lock(self._path / "write.lock", self._lock_seconds):
            try:
                return tantivy.Index(schema(), path=str(self._path), reuse=True)
            except ValueError as failure:
                raise EngineMissing(
                    f"The search index in {self._path} cannot be read by this version: {failure}. "
                    "Run rebuild_index to make a new one."
                ) from failure

    def _state(self) -> object:
        """Return what changes with every commit, of whichever process."""
        try:
            meta = os.stat(self._path / _META)
        except FileNotFoundError as failure:
            raise EngineMissing(f"The search index in {self._path} is gone.") from failure
        return meta.st_mtime_ns, meta.st_ino, meta.st_size

    def _searcher(self) -> tantivy.Searcher:
        state = self._state()
        if state != self._seen:
            with self._reloading:
                self._index.reload()
                self._seen = state
        return self._index.searcher()

    def _page(
        self, searcher: tantivy.Searcher, built: Query, query: EngineQuery
    ) -> tuple[tuple[EngineHit, ...], int]:
        wanted = query.offset + query.limit
        if query.limit <= 0:
            return (), searcher.search(built, 1, True).count if query.count else 0
        fetch = wanted + 8
        while True:
            if query.should:
                result = searcher.search(built, fetch, query.count)
            else:
                result = searcher.search(
                    built, fetch, query.count, order_by_field="id", order=Order.Asc
                )
            found = result.hits
            if not query.should or len(found) < fetch or fetch >= _MOST_TIES:
                break
            if round(found[-1][0], _SAME_SCORE) < round(found[wanted - 1][0], _SAME_SCORE):
                break
            fetch *= 4
        scores = [score if query.should else 0.0 for score, _ in found]
        ids = self._values(searcher, "id", found)
        versions = self._values(searcher, "version", found)
        hits = [EngineHit(*hit) for hit in zip(ids, versions, scores, strict=True)]
        hits.sort(key=lambda hit: (-round(hit.score, _SAME_SCORE), hit.id))
        return tuple(hits[query.offset : wanted]), (result.count if query.count else 0)

    def _facets(
        self, searcher: tantivy.Searcher, built: Query, names: Sequence[str]
    ) -> Mapping[str, Mapping[str, int]]:
        if not names:
            return {}
        asked = {
            name: {"terms": {"field": _FACET_FIELDS[name], "size": _FACET_VALUES}} for name in names
        }
        counted = searcher.aggregate(built, asked)
        return {
            name: {str(bucket["key"]): bucket["doc_count"] for bucket in counted[name]["buckets"]}
            for name in names
        }

    def _values(
        self, searcher: tantivy.Searcher, field: str, found: Sequence[tuple[object, object]]
    ) -> list[int]:
        return searcher.fast_field_values(field, [address for _, address in found])  # type: ignore

    def _write(self, newest: Mapping[int, EngineDocument | Deletion]) -> WriteReport:
        live = self._live_versions(newest)
        buried = self._tombstones.versions(newest)
        stale = {
            id
            for id, change in newest.items()
            if change.version < live.get(id, change.version)
            or change.version < buried.get(id, change.version)
            or (isinstance(change, EngineDocument) and change.version == buried.get(id))
        }
        fresh = [change for id, change in newest.items() if id not in stale]
        gone = {change.id: change.version for change in fresh if isinstance(change, Deletion)}
        added = [change for change in fresh if isinstance(change, EngineDocument)]
        if gone:
            self._tombstones.bury(gone)
        self._commit([change.id for change in fresh if change.id in live], added)
        revived = [change.id for change in added if change.id in buried]
        if revived:
            self._tombstones.forget(revived)
        return WriteReport(frozenset(newest) - stale, frozenset(stale))

    def _commit(self, removed: Sequence[int], added: Sequence[EngineDocument]) -> None:
        if not removed and not added:
            return
        heap = _SMALL_HEAP if len(added) <= _SMALL_BATCH else _LARGE_HEAP
        writer = self._index.writer(heap_size=heap, num_threads=1)
        for id in removed:
            writer.delete_documents_by_term("id", id)
        for document in added:
            writer.add_document(to_tantivy(document))
        writer.commit()
        # Without waiting, merges would be thrown away with the writer and segments pile up.
        writer.wait_merging_threads()

    def _live_versions(self, ids: Iterable[int]) -> dict[int, int]:
        searcher = self._searcher()
        wanted = list(ids)
        if not searcher.num_docs:
            return {}
        among = Query.term_set_query(schema(), "id", wanted)
        found = searcher.search(among, len(wanted), False).hits
        return dict(
            zip(
                self._values(searcher, "id", found),
                self._values(searcher, "version", found),
                strict=True,
            )
        )

    def _read_words(self, level: int) -> Mapping[str, int]:
        searcher = self._searcher()
        words: Counter[str] = Counter()
        for each in range(level + 1):
            # The filter leaves out words that only deleted documents had.
            words.update(dict(searcher.terms_with_prefix(surface(each), "", Query.all_query())))
        return words

    def _live_frequency(self, level: int, word: str) -> int:
        searcher = self._searcher()
        return sum(searcher.doc_freq(surface(each), word) for each in range(level + 1))


class EmbeddedGenerations:
    """The generations side by side, each in a folder of its own under `root`."""

    def __init__(self, root: str | Path) -> None:
        self._root = Path(root)

    def create(self, name: str) -> EmbeddedEngine:
        """Make an empty index; raises `EngineFailed` if the name is taken."""
        if (self._root / name / _META).exists():
            raise EngineFailed(f"There is already a search index named {name}.")
        return EmbeddedEngine(self._root / name)

    def open(self, name: str) -> EmbeddedEngine:
        """Open an index; raises `EngineMissing` if there is none of that name."""
        if not (self._root / name / _META).exists():
            raise EngineMissing(f"There is no search index named {name}. Run rebuild_index.")
        return EmbeddedEngine(self._root / name)

    def destroy(self, name: str) -> None:
        """Remove an index and its data; searches under way end undisturbed."""
        shutil.rmtree(self._root / name, ignore_errors=True)

    def names(self) -> list[str]:
        """Return the names of the indexes there are, sorted."""
        if not self._root.is_dir():
            return []
        return sorted(entry.name for entry in self._root.iterdir() if (entry / _META).exists())
