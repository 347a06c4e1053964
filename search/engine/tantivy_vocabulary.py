"""The words of a tantivy index, kept in memory: spelling asks for them by the dozen."""

import logging
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import tantivy
from tantivy import Query

from .fields import surface
from .protocol import Vocabulary
from .vocabulary import CountedVocabulary

log = logging.getLogger(__name__)

#: Seconds after which the words of an index that has changed are gathered again by a thread, and
#: after which who asks waits for them: so late they are at most.
AGE, OLDEST = 15.0, 30.0

#: What tells one state of an index from another.
Stamp = tuple[int, int] | None


class _Kept(NamedTuple):
    at: float
    stamp: Stamp
    words: CountedVocabulary


class Words:
    """The words of each level of reader; ``frequency`` says in how many documents of a level one
    stands now."""

    def __init__(self, frequency: Callable[[int, str], int]) -> None:
        self._frequency = frequency
        self._gathering = threading.Lock()
        self._kept: dict[int, _Kept] = {}

    def of(self, level: int, searcher: tantivy.Searcher, stamp: Stamp) -> Vocabulary:
        """Return the words of readers of `level`; the index has state `stamp` for `searcher`."""
        kept = self._kept.get(level)
        age = time.monotonic() - kept.at if kept else 0.0
        if kept is None or (kept.stamp != stamp and age > OLDEST):
            return self._gathered(level, searcher, stamp)
        if kept.stamp != stamp and age > AGE and self._gathering.acquire(blocking=False):
            threading.Thread(
                target=self._gather_aside,
                args=(level, searcher, stamp),
                name="index-words",
                daemon=True,
            ).start()
        return kept.words

    @property
    def levels(self) -> set[int]:
        """Of which readers words are in memory."""
        return set(self._kept)

    def forget(self) -> None:
        """Let go of them."""
        self._kept.clear()

    def _gather_aside(self, level: int, searcher: tantivy.Searcher, stamp: Stamp) -> None:
        try:
            self._gathered(level, searcher, stamp)
        except (ValueError, OSError) as error:
            log.warning("The words of the index could not be read anew: %s", error)
        finally:
            self._gathering.release()

    def _gathered(self, level: int, searcher: tantivy.Searcher, stamp: Stamp) -> Vocabulary:
        """Where they are the same, they stay the object they were: others have made dear things
        of it."""
        found: set[str] = set()
        for lower in range(level + 1):
            # The filter leaves out words of documents that are deleted but not yet merged away:
            # they may have been narrowed to other readers.
            present = searcher.terms_with_prefix(surface(lower), "", Query.all_query())
            found.update(word for word, _ in present)
        words = CountedVocabulary(sorted(found), partial(self._frequency, level))
        kept = self._kept.get(level)
        if kept and kept.words.has_words_of(words):
            words = kept.words
        self._kept[level] = _Kept(time.monotonic(), stamp, words)
        return words
