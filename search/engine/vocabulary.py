"""The words of an index by reader's level, kept in memory and renewed now and then."""

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

REFRESH_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class CachedVocabulary:
    """Words with their frequencies as of one moment; words newer than that are asked live."""

    frequencies: Mapping[str, int]
    lengths: Mapping[int, Sequence[str]]
    live: Callable[[str], int]

    def frequency(self, word: str) -> int:
        """Return in how many documents the word stands."""
        return self.frequencies.get(word) or self.live(word)

    def of_length(self, length: int) -> Sequence[str]:
        """Return the words of exactly `length` characters."""
        return self.lengths.get(length, ())


class VocabularyCache:
    """Reads the words of a level from `read`, again when `state` has changed and time has passed.

    The first reading is waited for; later ones happen in the background while the old one serves.
    """

    def __init__(
        self,
        read: Callable[[int], Mapping[str, int]],
        live: Callable[[int, str], int],
        state: Callable[[], object],
    ) -> None:
        self._read, self._live, self._state = read, live, state
        self._lock = threading.Lock()
        self._kept: dict[int, tuple[float, object, CachedVocabulary]] = {}
        self._renewing: set[int] = set()

    def get(self, level: int) -> CachedVocabulary:
        """Return the words for readers of `level`."""
        kept = self._kept.get(level)
        if kept is None:
            return self._renew(level)
        read_at, state, vocabulary = kept
        if time.monotonic() - read_at > REFRESH_SECONDS and state != self._state():
            self._renew_behind(level)
        return vocabulary

    def _renew_behind(self, level: int) -> None:
        with self._lock:
            if level in self._renewing:
                return
            self._renewing.add(level)
        threading.Thread(target=self._renew, args=(level,), daemon=True).start()

    def _renew(self, level: int) -> CachedVocabulary:
        try:
            state = self._state()
            frequencies = self._read(level)
            lengths: defaultdict[int, list[str]] = defaultdict(list)
            for word in frequencies:
                lengths[len(word)].append(word)
            made = CachedVocabulary(frequencies, lengths, lambda word: self._live(level, word))
            self._kept[level] = (time.monotonic(), state, made)
            return made
        finally:
            with self._lock:
                self._renewing.discard(level)
