"""Proposes words that the site knows for words that it does not: misspelt, or written by sound."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal, Protocol

from rapidfuzz import process
from rapidfuzz.distance import OSA

from . import sounds
from .analysis import AnalysedQuery, QueryWord
from .folding import HAN
from .sounds import Sounds
from .stopwords import STOP

Step = Literal["synonym", "spelling", "script", "language"]

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
    """`replacement` may be what was meant at [start, end) of the query; `weight` is below 1.

    `step` says by what it was found: a synonym, its spelling, its sound, another language.
    """

    original: str
    replacement: str
    start: int
    end: int
    weight: float
    step: Step = "spelling"


class Corrector:
    """Corrects queries by the words of one vocabulary. Make one for each vocabulary and keep it."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._ends: dict[int, dict[str, list[str]]] = {}
        self._known_sounds: Sounds | None = None

    def corrections(
        self, query: AnalysedQuery, folded: str, chinese: bool = False
    ) -> tuple[Correction, ...]:
        """Return proposals, the likeliest of each place first; none for words that are known.

        Latin letters are taken for a misspelt word first and then for pinyin; of a reader of
        `chinese`, who has hardly misspelt an English word, the other way round.

        `folded` is the query in the length of its original (see `search.text.normalise`'s first
        step): Chinese windows are cut from it.
        """
        found: list[Correction] = []
        for word in query.words:
            if self._is_unknown(word.surface):
                ways = (self._pinyin, self._latin) if chinese else (self._latin, self._pinyin)
                found += next(filter(None, (list(way(word)) for way in ways)), [])
        return (*found, *self._han(query, folded))

    def _is_unknown(self, surface: str) -> bool:
        return (
            len(surface) >= SHORTEST
            and bool(_LATIN.match(surface))
            and not _HAN_RUN.search(surface)
            and surface not in STOP
            and not self._vocabulary.frequency(surface)
        )

    def _pinyin(self, word: QueryWord) -> Iterator[Correction]:
        if word.surface.isascii():
            parts = [self._by_frequency(words) for words in self._sounds.typed(word.surface)]
            for words in zip_longest(*(words[:PROPOSALS] for words in parts)):
                meant = "".join(w or words_[0] for w, words_ in zip(words, parts, strict=True))
                yield Correction(word.surface, meant, word.start, word.end, NEAR, "script")

    def _by_frequency(self, words: Iterable[str]) -> list[str]:
        return sorted(words, key=lambda word: (-self._vocabulary.frequency(word), word))

    def _latin(self, word: QueryWord) -> Iterator[Correction]:
        surface = word.surface
        near, weight = self._near(surface), NEAR
        if not near and len(surface) >= LONG:
            near, weight = self._far(surface), FAR
        for replacement in self._by_frequency(near)[:PROPOSALS]:
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
        windows = [
            (run[i : i + size], offset + i, offset + i + size)
            for size in range(min(_LONGEST_HAN, len(run)), 1, -1)
            for i in range(len(run) - size + 1)
        ]
        unknown = [
            (window, start, end)
            for window, start, end in windows
            if not any(a <= start and end <= b for a, b in known)
            and window not in STOP
            and not self._vocabulary.frequency(window)
        ]
        spelt = []
        for window, start, end in unknown:
            for replacement in self._shortened(window):
                spelt.append((start, end))
                yield Correction(window, replacement, start, end, DROPPED)
        for window, start, end in unknown:
            if any(a < end and start < b for a, b in spelt):
                continue
            for replacement in self._by_frequency(self._sounds.like(window))[:PROPOSALS]:
                yield Correction(window, replacement, start, end, NEAR, "script")

    @property
    def _sounds(self) -> Sounds:
        if self._known_sounds is None:
            lengths = range(sounds.SHORTEST, sounds.LONGEST + 1)
            of_length = self._vocabulary.of_length
            self._known_sounds = Sounds(word for n in lengths for word in of_length(n))
        return self._known_sounds

    def _shortened(self, window: str) -> list[str]:
        """A known word that the window has with one character too many; of two characters only
        where one is doubled, for of three any two are often a word."""
        places: Sequence[int] = range(1, len(window) - 1)
        if len(window) < _LONGEST_HAN - 1:
            return []
        if len(window) < _LONGEST_HAN:
            places = [i for i in range(1, len(window)) if window[i] == window[i - 1]]
        shorter = {window[:i] + window[i + 1 :] for i in places}
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
