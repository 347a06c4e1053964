"""Chooses the passage that answers best, and marks the words of the question in it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

import opencc

from .analysis import AnalysedQuery, Analyser, Token
from .folding import HAN, traditional_characters
from .pieces import piece
from .stems import stem

Marks = tuple[tuple[int, int], ...]

_HAN = re.compile(f"[{HAN}]")
_END_OF_RUN = re.compile(f"[\\s{HAN}]")
_WIDE = re.compile("[\uff10-\uff5a\u0300-\u036f\u200b-\u200f]")
_COMPOUND = re.compile(r"\w[._\-'’]\w|[a-z][A-Z]")
#: Written apart, and searched for as one word too; in lower case.
_LATIN = r"[0-9a-z\u00df-\u024f]"
_JOINED = re.compile(f"(?<!{_LATIN}){_LATIN}+(?:[._\\-'’]{_LATIN}+)+")
_JOINER = re.compile(r"[._\-'’]")
#: What no text without compounds has.
_JOINT = re.compile(f"[._\\-'’]{_LATIN}")
#: Letters by which compounds are looked up; roots that are shorter stand in no joined form.
_KEY = 3
_LONGEST_RUN = 60
#: What a word counts that stands in a window again, at most twice.
_REPEATED = 0.05
#: Matches of one word in one entry that are looked at.
_MOST_MATCHES = 100
#: By less than this the scores of windows do not differ.
_EXACT = 1e-9


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of one section; marks are [start, end) places in `text`, in order, not touching."""

    section: int
    text: str
    marks: Marks


@dataclass(frozen=True, slots=True)
class Sections:
    """The sections of one entry, ready to be looked through for one question after another.

    `lower` holds all of them in lower case, one after the other; `starts` says where each begins;
    `compounds` are the joined forms ("wifi" for "Wi-Fi") and their places, by their first letters;
    `traditional` says whether any character has another form in simplified writing.
    """

    texts: tuple[str, ...]
    lower: str
    starts: tuple[int, ...]
    compounds: Mapping[str, tuple[tuple[str, int], ...]]
    traditional: bool

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Sections":
        """Prepare the texts of the sections."""
        texts = tuple(texts)
        starts = [0, *accumulate(len(text) + 1 for text in texts)]
        lower = _lower("\n".join(texts))
        traditional = bool(traditional_characters().search(lower))
        return cls(texts, lower, tuple(starts[: len(texts)]), _compounds(lower), traditional)


class _Root(NamedTuple):
    """What a text has that has a word of the question; `word` numbers the word."""

    text: str
    word: int
    latin: bool
    traditional: bool


@dataclass(frozen=True, slots=True)
class Marker:
    """Finds the words of one question in texts: fast and roughly, or slowly and exactly."""

    analyser: Analyser
    tokens: frozenset[str]
    weights: tuple[float, ...]
    roots: tuple[_Root, ...]
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
            frozenset((*map(stem, words), *(word.token for word in query.content))),
            tuple(words.values()),
            tuple(
                _Root(root, number, *_writing(root))
                for number, word in enumerate(words)
                for root in _roots(word)
            ),
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
            for token in _read(self.analyser, text[start:end])
            if token.text in self.tokens
            or (self.prefix and self._begins(text[start + token.start : start + token.end]))
        ]
        if self.han:
            spans += [match.span() for match in self.han.finditer(text)]
        return _merged(spans)

    def _begins(self, word: str) -> bool:
        return word.casefold().startswith(self.prefix)

    def _worth_reading(self, text: str) -> Iterable[tuple[int, int]]:
        """Yield the runs without blanks in which Latin words of the question may stand.

        Only these are analysed: to read a whole text takes ten times as long. All of it is read
        where words may hide: in wide letters, or in compounds that the question writes as one.
        """
        if _WIDE.search(text):
            return [(0, len(text))]
        lower = _lower(text)
        compounds = _compounds(lower)
        found = [
            place for root in self.roots if root.latin for place in _found(lower, compounds, root)
        ]
        if found or not _COMPOUND.search(text):
            return dict.fromkeys(_run_around(text, place) for place in found)
        return [(0, len(text))]

    def passage(self, sections: Sections | Sequence[str], length: int = 160) -> Passage | None:
        """Return the piece of about `length` characters with most of the question's words.

        Returns None where no section has any of them.
        """
        if not isinstance(sections, Sections):
            sections = Sections.of(sections)
        best, number, start = 0.0, -1, 0
        for most, section, found in self._by_section(sections):
            if most < best - _EXACT:
                break
            score, place = self._best_window(found, length)
            if score > best or (score == best and section < number):
                best, number, start = score, section, place - sections.starts[section]
        if number < 0:
            return None
        text = piece(sections.texts[number], start, length)
        return Passage(number, text, self.marks(text))

    def _by_section(self, sections: Sections) -> list[tuple[float, int, list[tuple[int, int]]]]:
        """Return the sections that have words of the question with their (place, number), those
        first that would score most with all their words in one window."""
        lower, compounds = sections.lower, sections.compounds
        found = sorted(
            {
                (place, root.word)
                for root in self.roots
                if sections.traditional or not root.traditional
                for place in _found(lower, compounds, root)
            }
        )
        parts = []
        begin = 0
        while begin < len(found):
            section = bisect_right(sections.starts, found[begin][0]) - 1
            after = (*sections.starts[section + 1 : section + 2], len(sections.lower) + 1)[0]
            end = bisect_left(found, (after, 0), begin)
            part = found[begin:end]
            most = sum(self.weights[word] + 2 * _REPEATED for word in {word for _, word in part})
            parts.append((most, section, part))
            begin = end
        return sorted(parts, key=lambda part: (-part[0], part[1]))

    def _best_window(self, found: list[tuple[int, int]], length: int) -> tuple[float, int]:
        """Return (score, first match) of the best window that begins with a match.

        A word's first match in a window scores its weight, the next two a little.
        """
        weights, reach = self.weights, length * 0.8
        best, where, score, right = 0.0, 0, 0.0, 0
        inside = [0] * len(weights)
        for start, first in found:
            while right < len(found) and found[right][0] - start <= reach:
                word = found[right][1]
                times = inside[word]
                score += weights[word] if not times else _REPEATED if times < 3 else 0.0
                inside[word] = times + 1
                right += 1
            if score > best + _EXACT:
                best, where = score, start
            times = inside[first] = inside[first] - 1
            score -= weights[first] if not times else _REPEATED if times < 3 else 0.0
        return best, where


def _lower(text: str) -> str:
    """Return `text` in lower case, with its length kept."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


@lru_cache(maxsize=16384)
def _read(analyser: Analyser, run: str) -> tuple[Token, ...]:
    """The tokens of a run; texts say the same again and again."""
    return tuple(analyser.words(run))


def _run_around(text: str, place: int) -> tuple[int, int]:
    """The [start, end) around ``place`` up to blanks and Chinese characters."""
    start = place
    while start and place - start < _LONGEST_RUN and not _END_OF_RUN.match(text[start - 1]):
        start -= 1
    end = _END_OF_RUN.search(text, place, place + _LONGEST_RUN)
    return start, end.start() if end else min(len(text), place + _LONGEST_RUN)


def _found(
    lower: str, compounds: Mapping[str, tuple[tuple[str, int], ...]], root: _Root
) -> Sequence[int]:
    """Where `root` stands in a text in lower case, in words or in the joined forms of compounds."""
    places = _places(lower, root)
    near = compounds.get(root.text[:_KEY]) if root.latin else None
    return (*places, *_joined(near, root)) if near else places


def _places(lower: str, root: _Root) -> list[int]:
    """Where `root` stands first; a Latin one only where a word begins, be it after Chinese."""
    text, _, latin, _ = root
    places: list[int] = []
    place = lower.find(text)
    while place >= 0:
        before = lower[place - 1 : place] if latin else ""
        if not before.isalnum() or (before > "\u3000" and _HAN.match(before)):
            places.append(place)
            if len(places) == _MOST_MATCHES:
                break
        place = lower.find(text, place + len(text))
    return places


def _compounds(lower: str) -> dict[str, tuple[tuple[str, int], ...]]:
    """The compounds of a text in lower case: joined forms and places, by their first letters."""
    found: dict[str, tuple[tuple[str, int], ...]] = {}
    if not _JOINT.search(lower):
        return found
    for match in _JOINED.finditer(lower):
        joined = _JOINER.sub("", match[0])
        key = joined[:_KEY]
        found[key] = (*found.get(key, ()), (joined, match.start()))
    return found


def _joined(near: Sequence[tuple[str, int]], root: _Root) -> list[int]:
    """Where compounds begin of which the joined form begins with ``root``."""
    return [place for joined, place in near[:_MOST_MATCHES] if joined.startswith(root.text)]


@lru_cache(maxsize=4096)
def _writing(root: str) -> tuple[bool, bool]:
    """Return (whether it is Latin, whether it is in traditional characters)."""
    latin = not _HAN.search(root)
    return latin, not latin and bool(traditional_characters().search(root))


@lru_cache(maxsize=4096)
def _roots(word: str) -> tuple[str, ...]:
    """What a text that has the word contains, in lower case: a stem, or Chinese in any script."""
    if _HAN.search(word):
        return _scripts(word)
    root = stem(word)
    return (word[: len(root) if word.startswith(root) else max(3, len(root) - 1)],)


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
