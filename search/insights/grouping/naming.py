"""What a group is called: a clean text near its middle, and the words that set it apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import log

from search.text import Analyser

KEY_WORDS = 6
#: A name that reads well, in characters: (Latin, Chinese).
_LONGEST = (90, 40)
_SHORTEST = (12, 5)
_HAN = re.compile("[\u3400-\u9fff]")
_PLACEHOLDER = re.compile(r"⟨[^⟩]*⟩")
_MIDDLE = 30


def name_of(texts: Sequence[str], nearness: Sequence[float]) -> str:
    """The cleanest of the texts nearest the middle; ``texts`` must not be empty."""
    order = sorted(range(len(texts)), key=lambda i: (-nearness[i], i))[:_MIDDLE]
    return " ".join(
        texts[max(order, key=lambda i: (_cleanness(texts[i]) + nearness[i], -i))].split()
    )


def _cleanness(text: str) -> float:
    """Between -3 and 0: neither too long nor too short, one sentence, nothing redacted."""
    han = bool(_HAN.search(text))
    score = 0.0
    if not _SHORTEST[han] <= len(text) <= _LONGEST[han]:
        score -= 1
    if _PLACEHOLDER.search(text):
        score -= 1
    score -= 0.3 * min(3, max(0, len(re.findall(r"[.!?。！？\n]+", text)) - 1))
    return score


class KeyWords:
    """Finds the words that a group uses more than all texts do."""

    def __init__(self) -> None:
        self._analyser = Analyser()
        self._frequency: Counter[str] = Counter()
        self._texts = 0

    def count(self, texts: Iterable[str]) -> Mapping[str, tuple[int, str]]:
        """How many of ``texts`` have each content word by its token, and how it is written most."""
        tokens: Counter[str] = Counter()
        written: dict[str, Counter[str]] = {}
        for text in texts:
            for word in {w.token: w for w in self._analyser.query(text).content}.values():
                tokens[word.token] += 1
                written.setdefault(word.token, Counter())[word.surface] += 1
            self._texts += 1
        self._frequency.update(tokens)
        return {t: (n, written[t].most_common(1)[0][0]) for t, n in tokens.items()}

    def best(self, counted: Mapping[str, tuple[int, str]], size: int) -> list[str]:
        """The key words of a group of ``size`` texts, after all groups have been counted."""

        def weight(token: str) -> float:
            share = counted[token][0] / size
            return share * log((1 + self._texts) / self._frequency[token])

        chosen = sorted((t for t in counted if len(counted[t][1]) > 1), key=weight, reverse=True)
        return [counted[t][1] for t in chosen[:KEY_WORDS]]
