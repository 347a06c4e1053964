"""The words of an index in Elasticsearch, kept in memory: spelling asks for them by the dozen.

They are gathered by aggregations, which see living documents only: a word that stood in nothing but
deleted or narrowed documents is not among them.
"""

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from .layout import LEVELS, SURFACES
from .protocol import EngineFailed, Vocabulary
from .vocabulary import CountedVocabulary

log = logging.getLogger(__name__)

#: Seconds for which the words may lag the index; for which new words may be unknown.
AGE, FRESH = 30.0, 1.0
#: Words asked for at once.
PAGE = 20_000
#: New words of documents that were written since the last full look.
MOST_RECENT = 5000

Search = Callable[[dict[str, Any]], Mapping[str, Any]]


class Words:
    """The words of each level with the number of documents that have them.

    The first call waits for them. Later ones look in a thread of their own for what has changed,
    unless nobody has asked for so long that the words are too old to be shown.
    """

    def __init__(self, search: Search) -> None:
        self._search = search
        self._looking = threading.Lock()
        self._counts: list[Counter[str]] = [Counter() for _ in range(LEVELS)]
        self._recent: list[Counter[str]] = [Counter() for _ in range(LEVELS)]
        self._vocabularies: dict[int, Vocabulary] = {}
        #: Newest version that a full look, and a look for new words, have seen; None before one.
        self._full: int | None = None
        self._newest = 0
        self._looked_fully = self._looked = 0.0

    def of(self, level: int) -> Vocabulary:
        """Return the words of readers of `level`."""
        age = time.monotonic() - self._looked
        if self._full is None or age > 2 * AGE:
            with self._looking:
                if self._full is None or time.monotonic() - self._looked > 2 * AGE:
                    self._look()
        elif age > FRESH and self._looking.acquire(blocking=False):
            threading.Thread(target=self._look_aside, name="index-words", daemon=True).start()
        return self._vocabularies[level]

    def _look_aside(self) -> None:
        try:
            self._look()
        except EngineFailed as error:
            log.warning("The words of the index could not be read anew: %s", error)
            self._looked = time.monotonic()
        finally:
            self._looking.release()

    def _look(self) -> None:
        newest, recent = self._written_since(self._newest)
        due = self._full is None or time.monotonic() - self._looked_fully > AGE
        if due and newest != self._full:
            self._keep([self._gathered(name) for name in SURFACES])
            self._full, self._looked_fully = newest, time.monotonic()
        elif newest != self._newest:
            for counts, more in zip(self._recent, recent, strict=True):
                counts.update(more)
        self._newest, self._looked = newest, time.monotonic()

    def _written_since(self, version: int) -> tuple[int, list[Counter[str]]]:
        """The newest version of all (deletions included), and words of what is newer."""
        words = {name: {"terms": {"field": name, "size": MOST_RECENT}} for name in SURFACES}
        since = {"filter": {"range": {"version": {"gt": version}}}, "aggs": words}
        aggs: dict[str, Any] = {"newest": {"max": {"field": "version"}}}
        if self._full is not None:
            aggs["since"] = since
        found = self._search({"size": 0, "track_total_hits": False, "aggs": aggs})["aggregations"]
        newest = int(found["newest"]["value"] or 0)
        recent = [_counted(found["since"][name]) if "since" in found else {} for name in SURFACES]
        return newest, [Counter(counts) for counts in recent]

    def _keep(self, counts: list[Counter[str]]) -> None:
        """Known words stay the object they were where only numbers changed: others have made
        dear things of them."""
        same = [old.keys() == new.keys() for old, new in zip(self._counts, counts, strict=True)]
        self._counts, self._recent = counts, [Counter() for _ in range(LEVELS)]
        for level in range(LEVELS):
            if level not in self._vocabularies or not all(same[: level + 1]):
                words = set().union(*counts[: level + 1])
                self._vocabularies[level] = CountedVocabulary(
                    words, partial(self._frequency, level)
                )

    def _frequency(self, level: int, word: str) -> int:
        known, recent = self._counts[: level + 1], self._recent[: level + 1]
        return sum(c[word] for c in known) or sum(c[word] for c in recent)

    def _gathered(self, name: str) -> Counter[str]:
        """All words of a field, in as many parts as it takes."""
        parts = self._parts(name)
        while True:
            found: Counter[str] = Counter()
            for part in range(parts):
                terms = {
                    "field": name,
                    "size": PAGE,
                    "order": {"_key": "asc"},
                    "include": {"partition": part, "num_partitions": parts},
                }
                body = {"size": 0, "track_total_hits": False, "aggs": {"words": {"terms": terms}}}
                words = self._search(body)["aggregations"]["words"]
                if words["sum_other_doc_count"]:
                    break
                found.update(_counted(words))
            else:
                return found
            parts *= 2

    def _parts(self, name: str) -> int:
        number = {"cardinality": {"field": name, "precision_threshold": 40_000}}
        body = {"size": 0, "track_total_hits": False, "aggs": {"number": number}}
        return 1 + int(self._search(body)["aggregations"]["number"]["value"] * 1.5) // PAGE


def _counted(terms: Mapping[str, Any]) -> dict[str, int]:
    return {bucket["key"]: bucket["doc_count"] for bucket in terms["buckets"]}
