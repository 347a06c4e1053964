"""Chooses the passage that answers best, and marks the words of the question in it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

import opencc

from .analysis import AnalysedQuery, Analyser
from .folding import HAN
from .stems import stem

Marks = tuple[tuple[int, int], ...]

_HAN = re.compile(f"[{HAN}]")
_SENTENCE_END = re.compile(r"[.!?;:]\s+|[。！？；\n]+")
_BREAK = re.compile(r"\s+|[，、,]\s*")
_GRAPHEME_EXTENDERS = re.compile("[\u0300-\u036f\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]")
#: Characters by which a passage may be shorter so as to begin with a sentence.
_BACK = 70
_BLANK = re.compile(r"\s")
_WIDE = re.compile("[\uff10-\uff5a\u0300-\u036f\u200b-\u200f]")
_COMPOUND = re.compile(r"\w[._\-'’]\w|[a-z][A-Z]")
_LONGEST_RUN = 60
#: What a word counts that stands in a window again, at most twice.
_REPEATED = 0.05
_CUT = "…"
_STOPPED = re.compile(r"[.!?。！？…]$")
#: Matches of one word in one section that are looked at.
_MOST_MATCHES = 60


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of one section; marks are [start, end) places in `text`, in order, not touching."""

    section: int
    text: str
    marks: Marks


@dataclass(frozen=True, slots=True)
class Marker:
    """Finds the words of one question in texts: fast and roughly, or slowly and exactly."""

    analyser: Analyser
    tokens: frozenset[str]
    weights: tuple[float, ...]
    roots: tuple[tuple[str, ...], ...]
    han: re.Pattern[str] | None
    prefix: str

    @classmethod
    def of(
        cls,
        analyser: Analyser,
        query: AnalysedQuery,
        more: Iterable[str] = (),
        prefix: bool = False,
    ) -> "Marker":
        """Prepare for a question; `more` are further folded words (corrections, synonyms).

        With `prefix` the last word counts as the beginning of a word.
        """
        words = {word.surface: word.weight for word in query.content}
        words |= {word: 0.7 for word in more if word not in words}
        open_word = query.prefix if prefix else ""
        han = sorted({f for word in words if _HAN.search(word) for f in _scripts(word)}, key=len)
        return cls(
            analyser,
            frozenset(stem(word) for word in words),
            tuple(words.values()),
            tuple(map(_roots, words)),
            re.compile("|".join(map(re.escape, reversed(han)))) if han else None,
            open_word,
        )

    def marks(self, text: str) -> Marks:
        """Return where the words of the question stand in `text`, in any form or script."""
        if not self.roots:
            return ()
        spans = [
            (start + token.start, start + token.end)
            for start, end in self._worth_reading(text)
            for token in self.analyser.words(text[start:end])
            if token.text in self.tokens
            or (self.prefix and self._begins(text[start + token.start : start + token.end]))
        ]
        if self.han:
            spans += [match.span() for match in self.han.finditer(text)]
        return _merged(spans)

    def _begins(self, word: str) -> bool:
        return word.casefold().startswith(self.prefix)

    def _worth_reading(self, text: str) -> Iterable[tuple[int, int]]:
        """Yield the runs without blanks in which words of the question may stand.

        Only these are analysed: to read a whole text takes ten times as long. All of it is read
        where words may hide: in wide letters, or in compounds that the question writes as one.
        """
        if _WIDE.search(text):
            return [(0, len(text))]
        runs = dict.fromkeys(_run_around(text, place) for place, _ in self._found(text))
        if runs or not _COMPOUND.search(text):
            return runs
        return [(0, len(text))]

    def passage(self, sections: Sequence[str], length: int = 160) -> Passage | None:
        """Return the piece of about `length` characters with most of the question's words.

        Returns None where no section has any of them.
        """
        best: tuple[float, int, int] | None = None
        for number, text in enumerate(sections):
            for score, start in self._windows(text, length, best[0] if best else 0.0):
                if best is None or score > best[0]:
                    best = (score, number, start)
        if best is None:
            return None
        _, number, start = best
        text = _cut(sections[number], start, length)
        return Passage(number, text, self.marks(text))

    def _found(self, text: str) -> list[tuple[int, int]]:
        """Return (place, number of the word) of the first matches, in order of their places."""
        lower = text.lower()
        if len(lower) != len(text):
            lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
        found: list[tuple[int, int]] = []
        for number, roots in enumerate(self.roots):
            for root in roots:
                places = islice(_places(lower, root), _MOST_MATCHES)
                found += [(place, number) for place in places]
        return sorted(found)

    def _windows(self, text: str, length: int, beat: float) -> Iterable[tuple[float, int]]:
        """Yield (score, first match) of each window that begins with a match.

        Yields nothing where all words of the text in one window would not score above ``beat``.
        """
        found = self._found(text)
        words = {word for _, word in found}
        if sum(self.weights[word] + 2 * _REPEATED for word in words) <= beat:
            return
        for first, (start, _) in enumerate(found):
            seen: dict[int, int] = {}
            for position, word in found[first : first + 24]:
                if position - start > length * 0.8:
                    break
                seen[word] = seen.get(word, 0) + 1
            distinct = sum(self.weights[word] for word in seen)
            repeated = sum(min(n, 3) - 1 for n in seen.values())
            yield distinct + _REPEATED * repeated, start


def _run_around(text: str, place: int) -> tuple[int, int]:
    start = place
    while start and not text[start - 1].isspace() and place - start < _LONGEST_RUN:
        start -= 1
    end = _BLANK.search(text, place, place + _LONGEST_RUN)
    return start, end.start() if end else min(len(text), place + _LONGEST_RUN)


def _places(lower: str, root: str) -> Iterator[int]:
    """Yield where `root` stands; a Latin one only where a word begins, be it after Chinese."""
    latin = not _HAN.search(root)
    place = lower.find(root)
    while place >= 0:
        before = lower[place - 1] if place else " "
        if not (latin and before.isalnum() and not _HAN.match(before)):
            yield place
        place = lower.find(root, place + len(root))


@lru_cache(maxsize=4096)
def _roots(word: str) -> tuple[str, ...]:
    """What a text that has the word contains, in lower case: a stem, or Chinese in any script."""
    if _HAN.search(word):
        return _scripts(word)
    root = stem(word)
    return (word[: len(root) if word.startswith(root) else max(3, len(root) - 1)],)


def _cut(text: str, start: int, length: int) -> str:
    """Cut a piece that begins with a sentence where one begins nearby, and ends between words."""
    begin = _begin(text, start, max(0, start - min(_BACK, length // 2)))
    end = min(len(text), begin + length)
    if end < len(text):
        end = _end(text, max(start, begin + length // 2), end)
    piece = re.sub(r"\s", " ", text[begin:end])
    stripped = piece.strip()
    return (
        (_CUT if begin > 0 else "")
        + stripped
        + (_CUT if end < len(text) and not _STOPPED.search(stripped) else "")
    )


def _begin(text: str, start: int, earliest: int) -> int:
    sentences = [m.end() for m in _SENTENCE_END.finditer(text, earliest, start)]
    if sentences:
        return sentences[-1]
    if earliest == 0:
        return 0
    between = _BREAK.search(text, earliest, start)
    return _whole(text, between.end() if between else earliest)


def _end(text: str, earliest: int, latest: int) -> int:
    breaks = [m.start() for m in _BREAK.finditer(text, earliest, latest)]
    sentences = [m.end() for m in _SENTENCE_END.finditer(text, earliest, latest)]
    if sentences and sentences[-1] > earliest + (latest - earliest) // 2:
        return sentences[-1]
    return _whole(text, breaks[-1] if breaks else latest)


def _whole(text: str, place: int) -> int:
    """Move on where `place` would part a character from what is combined with it."""
    while place < len(text) and (
        _GRAPHEME_EXTENDERS.match(text[place]) or (place and text[place - 1] == "\u200d")
    ):
        place += 1
    return place


def _merged(spans: list[tuple[int, int]]) -> Marks:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif end > start:
            merged.append((start, end))
    return tuple(merged)


@lru_cache(maxsize=4096)
def _scripts(word: str) -> tuple[str, ...]:
    """The word in simplified and traditional characters, as Taiwan and Hong Kong write them."""
    return tuple(dict.fromkeys((word, *(c.convert(word) for c in _converters()))))


@lru_cache(maxsize=1)
def _converters() -> tuple[opencc.OpenCC, ...]:
    return tuple(opencc.OpenCC(name) for name in ("s2t", "s2tw", "s2hk"))
