"""Proposes words that the site knows for words that it does not."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from rapidfuzz import process
from rapidfuzz.distance import OSA

from .analysis import AnalysedQuery, QueryWord
from .folding import HAN
from .stopwords import STOP

SHORTEST = 4
LONG = 8
PROPOSALS = 3
NEAR, FAR, DROPPED = 0.7, 0.49, 0.56

_HAN_RUN = re.compile(f"[{HAN}]+")
_LATIN = re.compile(r"[^\W\d_]+\Z")
_LONGEST_HAN = 4


class Vocabulary(Protocol):
    """The words that this reader may be shown."""

    def frequency(self, word: str) -> int:
        """Return the number of documents that hold `word`."""
        ...

    def of_length(self, length: int) -> Sequence[str]:
        """Return the words of `length` characters."""
        ...


@dataclass(frozen=True, slots=True)
class Correction:
    """`replacement` may be what was meant at [start, end) of the query; `weight` is below 1."""

    original: str
    replacement: str
    start: int
    end: int
    weight: float


class Corrector:
    """Corrects queries by the words of one vocabulary. Make one for each vocabulary and keep it."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._ends: dict[int, dict[str, list[str]]] = {}
        self._sounds: dict[tuple[str, ...], list[str]] | None = None

    def corrections(self, query: AnalysedQuery, folded: str) -> tuple[Correction, ...]:
        """Return proposals, the likeliest of each place first; none for words that are known.

        `folded` is the query in the length of its original (see `search.text.normalise`'s first
        step): Chinese windows are cut from it.
        """
        found: list[Correction] = []
        for word in query.words:
            if not _HAN_RUN.search(word.surface):
                found += self._latin(word)
        return (*found, *self._han(query, folded))

    def _latin(self, word: QueryWord) -> Iterator[Correction]:
        surface = word.surface
        if len(surface) < SHORTEST or not _LATIN.match(surface) or surface in STOP:
            return
        if self._vocabulary.frequency(surface):
            return
        near, weight = self._near(surface), NEAR
        if not near and len(surface) >= LONG:
            near, weight = self._far(surface), FAR
        ordered = sorted(near, key=lambda word: (-self._vocabulary.frequency(word), word))
        for replacement in ordered[:PROPOSALS]:
            yield Correction(surface, replacement, word.start, word.end, weight)

    def _near(self, surface: str) -> set[str]:
        """The words one edit away: an edit leaves the beginning or the end as it was."""
        near: set[str] = set()
        for length in _lengths(surface, 1):
            near |= _within(surface, self._sharing_an_end(surface, length), 1)
        return near

    def _far(self, surface: str) -> set[str]:
        """The words two edits away; those that share neither end are looked for last, for that
        looks at all words."""
        far: set[str] = set()
        for length in _lengths(surface, 2):
            far |= _within(surface, self._sharing_an_end(surface, length), 2)
        if not far:
            # Both edits were at the ends, then, and cannot have touched the middle.
            middle = surface[3:-3]
            for length in _lengths(surface, 2):
                words = [word for word in self._vocabulary.of_length(length) if middle in word]
                far |= _within(surface, words, 2)
        return far

    def _sharing_an_end(self, surface: str, length: int) -> list[str]:
        ends = self._ends.get(length)
        if ends is None:
            gathered: defaultdict[str, list[str]] = defaultdict(list)
            for word in self._vocabulary.of_length(length):
                for end in _ends(word):
                    gathered[end].append(word)
            ends = self._ends[length] = dict(gathered)
        return [word for end in _ends(surface) for word in ends.get(end, ())]

    def _han(self, query: AnalysedQuery, folded: str) -> Iterator[Correction]:
        known = [
            (word.start, word.end)
            for word in query.words
            if len(word.surface) > 1 and self._vocabulary.frequency(word.surface)
        ]
        for run in _HAN_RUN.finditer(folded):
            if all(any(a <= i < b for a, b in known) for i in range(*run.span())):
                continue
            yield from self._windows(run[0], run.start(), known)

    def _windows(self, run: str, offset: int, known: list[tuple[int, int]]) -> Iterator[Correction]:
        for size in range(min(_LONGEST_HAN, len(run)), 1, -1):
            for i in range(len(run) - size + 1):
                window, start, end = run[i : i + size], offset + i, offset + i + size
                if any(a <= start and end <= b for a, b in known) or window in STOP:
                    continue
                if self._vocabulary.frequency(window):
                    continue
                for replacement in self._sounding(window)[:PROPOSALS]:
                    yield Correction(window, replacement, start, end, NEAR)
                for replacement in self._shortened(window):
                    yield Correction(window, replacement, start, end, DROPPED)

    def _sounding(self, window: str) -> list[str]:
        """Words that sound the same, the most frequent first."""
        if self._sounds is None:
            self._sounds = _by_sound(
                word
                for length in range(2, _LONGEST_HAN + 1)
                for word in self._vocabulary.of_length(length)
            )
        same = [word for word in self._sounds.get(_sound(window), ()) if word != window]
        return sorted(same, key=lambda word: (-self._vocabulary.frequency(word), word))

    def _shortened(self, window: str) -> list[str]:
        """A known word of three characters that the window has with one too many."""
        if len(window) < _LONGEST_HAN:
            return []
        shorter = {window[:i] + window[i + 1 :] for i in range(1, len(window) - 1)}
        return [word for word in sorted(shorter) if self._vocabulary.frequency(word)][:1]


def _lengths(surface: str, distance: int) -> range:
    return range(len(surface) - distance, len(surface) + distance + 1)


def _within(surface: str, words: Sequence[str], distance: int) -> set[str]:
    found = process.extract(
        surface, words, scorer=OSA.distance, score_cutoff=distance, limit=None, processor=None
    )
    return {word for word, _, _ in found}


def _ends(word: str) -> tuple[str, ...]:
    """The keys by which words with the same beginning, or the same end, are found.

    One letter serves the shortest words, where a swap in the middle touches the second from both
    sides; words a letter longer or shorter must still meet, so those have both keys.
    """
    keys: tuple[str, ...] = (f"{word[:2]}-", f"-{word[-2:]}") if len(word) > SHORTEST - 1 else ()
    return (*keys, f"{word[:1]}.", f".{word[-1:]}") if len(word) <= SHORTEST + 1 else keys


def rewritten(text: str, corrections: Iterable[Correction]) -> str:
    """Return `text` with the likeliest correction of each place put in its stead."""
    best: dict[tuple[int, int], Correction] = {}
    for correction in corrections:
        taken = any(a < correction.end and correction.start < b for a, b in best)
        if not taken:
            best[correction.start, correction.end] = correction
    for (start, end), correction in sorted(best.items(), reverse=True):
        text = text[:start] + correction.replacement + text[end:]
    return text


def _by_sound(words: Iterable[str]) -> dict[tuple[str, ...], list[str]]:
    sounds: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for word in words:
        if _HAN_RUN.fullmatch(word):
            sounds[_sound(word)].append(word)
    return dict(sounds)


def _sound(word: str) -> tuple[str, ...]:
    return tuple(map(_syllable, word))


@lru_cache(maxsize=32768)
def _syllable(character: str) -> str:
    """The commonest reading of a character without its tone."""
    from pypinyin import Style, pinyin

    return str(pinyin(character, style=Style.NORMAL)[0][0])
