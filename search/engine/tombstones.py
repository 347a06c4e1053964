"""Versions of deleted documents, so that a late write does not bring one back."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

_AT_ONCE = 500


class Tombstones:
    """A small table beside the index; used only by the one who holds the write lock."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def versions(self, ids: Iterable[int]) -> dict[int, int]:
        """Return id -> version for those of `ids` that were deleted."""
        if not self._path.exists():
            return {}
        wanted = list(ids)
        found: dict[int, int] = {}
        with self._open() as table:
            for start in range(0, len(wanted), _AT_ONCE):
                some = wanted[start : start + _AT_ONCE]
                marks = ",".join("?" * len(some))
                found.update(
                    table.execute(f"SELECT id, version FROM buried WHERE id IN ({marks})", some)
                )
        return found

    def bury(self, versions: Mapping[int, int]) -> None:
        """Remember deletions, durably."""
        with self._open() as table:
            table.executemany("INSERT OR REPLACE INTO buried VALUES (?, ?)", versions.items())

    def forget(self, ids: Iterable[int]) -> None:
        """Drop the stones of documents that newer versions have brought back."""
        with self._open() as table:
            table.executemany("DELETE FROM buried WHERE id = ?", [(id,) for id in ids])

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._path, timeout=30)) as connection, connection:
            connection.execute(
                "CREATE TABLE IF NOT EXISTS buried (id INTEGER PRIMARY KEY, version INTEGER)"
            )
            yield connection
