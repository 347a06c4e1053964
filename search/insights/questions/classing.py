"""Whether a question is an inquiry, a suggestion or a complaint: by words that people may edit.

Each word or phrase speaks for a class with its weight. The class with the most weight wins; with
none, or at a tie with inquiry's, it is an inquiry. A group is of the class of most of its texts.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from search.text import normalise

from .models import ClassWord, Kind

_HAN = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Classed:
    """The class, and the words that decided it, each once."""

    kind: str
    words: tuple[str, ...]


class Classifier:
    """Classes texts by (class, words, weight)."""

    def __init__(self, rows: Iterable[tuple[str, str, float]]) -> None:
        self._rules = [
            (kind, words, weight, _pattern(words)) for kind, words, weight in rows if words.strip()
        ]

    @classmethod
    def of_site(cls) -> Classifier:
        """With the words that people of this site keep."""
        return cls(ClassWord.objects.values_list("kind", "words", "weight"))

    def classify(self, text: str) -> Classed:
        """The class of one text."""
        plain = normalise(text).replace("’", "'")
        scores: dict[str, float] = defaultdict(float)
        words: dict[str, list[str]] = {}
        for kind, word, weight, pattern in self._rules:
            if pattern.search(plain):
                scores[kind] += weight
                words.setdefault(kind, []).append(word)
        order = (Kind.INQUIRY, Kind.COMPLAINT, Kind.SUGGESTION)
        best = max(order, key=lambda kind: scores[kind])
        return Classed(best.value, tuple(words.get(best, ())))

    def classify_all(self, texts: Sequence[str]) -> tuple[str, list[tuple[str, int]]]:
        """The class of most texts, and its commonest words with how many texts have each."""
        classed = [self.classify(text) for text in texts]
        kinds = Counter(each.kind for each in classed)
        kind = max(Kind.values, key=lambda k: (kinds[k], k == Kind.INQUIRY))
        words = Counter(word for each in classed if each.kind == kind for word in each.words)
        return kind, words.most_common(8)


def _pattern(words: str) -> re.Pattern[str]:
    plain = normalise(words).replace("’", "'")
    stem, star = (plain[:-1], True) if plain.endswith("*") else (plain, False)
    body = re.escape(stem).replace(r"\ ", r"\s+").replace(r"…", ".{0,20}?")
    if _HAN.search(stem):
        return re.compile(body)
    return re.compile(rf"(?<![a-z]){body}" + ("" if star else r"(?![a-z])"))
