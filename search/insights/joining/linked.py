"""Which wordings of two languages say the same word for word, where there is no embedder.

Titles of linked translations teach what a word is in the other language (`lookup.glossary`). Two
wordings are one question where their content words are each other's, all of them, and two at least:
one word more or less asks for something else. Two words are each other's where one of them is what
the other most surely is: of few titles others that stand beside it look alike. Names and codes in
Latin letters are their own words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import product

import numpy as np
from numpy.typing import NDArray

from content.audience import Audience
from search.index.tokens import analyser
from search.insights.models import Gap
from search.lookup.glossary import Glossary, glossary

from .vectors import own_wordings

Words = Mapping[str, AbstractSet[str]]
#: Content words of a wording: fewer say too little, more are too seldom all known.
LEAST, MOST = 2, 6


class Linked:
    """Wordings as `Likeness` has them: ``pairs`` that say the same, and by how much they do."""

    def __init__(self, gaps: Sequence[Gap], wordings: Sequence[str], known: Words) -> None:
        self._pairs: set[tuple[int, int]] = set()
        english: defaultdict[frozenset[str], list[int]] = defaultdict(list)
        for place, gap in enumerate(gaps):
            if gap.language == "en":
                english[frozenset(_content(wordings[place]))].append(place)
        for place, gap in enumerate(gaps):
            if gap.language != "zh":
                continue
            for words in _translated(_content(wordings[place]), known):
                self._pairs |= {_pair(place, other) for other in english.get(words, ())}

    def pairs(self) -> list[tuple[int, int]]:
        """Pairs of places."""
        return sorted(self._pairs)

    def excess(self, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> NDArray[np.float64]:
        """(rows, columns) 0 where two wordings say the same, else -1."""
        return np.array([[-float(_pair(a, b) not in self._pairs) for b in columns] for a in rows])


def of(gaps: Sequence[Gap]) -> Linked:
    """By titles that everybody may read."""
    wordings = own_wordings(gaps)
    chinese, english = (glossary(Audience.PUBLIC, locale) for locale in ("zh-hans", "en"))
    return Linked(gaps, [wordings[gap.pk] for gap in gaps], words(chinese, english))


def words(chinese: Glossary, english: Glossary) -> Words:
    """The English words of each Chinese one."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for word, others in chinese.items():
        found[word].update(_content(others[0])[:1])
    for word, others in english.items():
        for chinese_word in _content(others[0])[:1]:
            found[chinese_word].add(word)
    return found


def _pair(one: int, other: int) -> tuple[int, int]:
    return min(one, other), max(one, other)


def _content(wording: str) -> list[str]:
    return list(dict.fromkeys(word.token for word in analyser().query(wording).content))


def _translated(asked: Sequence[str], known: Words) -> Iterator[frozenset[str]]:
    """All that these words may be in English; nothing where one of them is not known."""
    if not LEAST <= len(asked) <= MOST:
        return
    options = [
        known.get(word, frozenset()) | ({word} if word.isascii() else set()) for word in asked
    ]
    for chosen in product(*options):
        if len(set(chosen)) == len(chosen):
            yield frozenset(chosen)
