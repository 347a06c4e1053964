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
        for distance, weight in ((1, NEAR), (2, FAR)):
            if distance == 2 and len(surface) < LONG:
                return
            near = self._within(surface, distance)
            if near:
                for replacement in near[:PROPOSALS]:
                    yield Correction(surface, replacement, word.start, word.end, weight)
                return

    def _within(self, surface: str, distance: int) -> list[str]:
        """The words at most so many edits away, the most frequent first."""
        near: list[str] = []
        for length in range(len(surface) - distance, len(surface) + distance + 1):
            words = self._vocabulary.of_length(length)
            near += [
                found[0]
                for found in process.extract_iter(
                    surface, words, scorer=OSA.distance, score_cutoff=distance
                )
            ]
        return sorted(near, key=lambda word: (-self._vocabulary.frequency(word), word))

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
