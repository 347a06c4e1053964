"""What the vocabulary of one reader offers: corrections, and words that begin as typed."""

from __future__ import annotations

import time
from bisect import bisect_left
from dataclasses import dataclass

from search.engine.protocol import Engine, Vocabulary
from search.text.spelling import Corrector

#: Fewer letters begin too many words.
SHORTEST = 3
MOST = 4
#: Vocabularies remembered at once, the latest: one a level, and those they replace.
_REMEMBERED = 8
_LONGEST_WORD = 32
#: Seconds for which the number of documents is kept, where they are so many that it hardly moves.
_COUNTED, _MANY = 10.0, 1000


@dataclass(slots=True)
class _Words:
    """What is dear to gather of a vocabulary, gathered once."""

    vocabulary: Vocabulary
    corrector: Corrector
    in_order: list[str] | None = None


_kept: dict[int, _Words] = {}


def corrector(vocabulary: Vocabulary) -> Corrector:
    """The corrector of this vocabulary."""
    return _words(vocabulary).corrector


def completions(vocabulary: Vocabulary, typed: str) -> tuple[str, ...]:
    """The most frequent words that begin with ``typed`` and go on."""
    if len(typed) < SHORTEST:
        return ()
    words = _words(vocabulary)
    if words.in_order is None:
        lengths = range(SHORTEST, _LONGEST_WORD)
        words.in_order = sorted(word for n in lengths for word in vocabulary.of_length(n))
    start = bisect_left(words.in_order, typed)
    end = bisect_left(words.in_order, typed + "\U0010ffff", start)
    found = (word for word in words.in_order[start:end] if word != typed)
    return tuple(sorted(found, key=lambda word: (-vocabulary.frequency(word), word))[:MOST])


_counts: dict[int, tuple[float, Engine, int]] = {}


def number_of_documents(engine: Engine) -> int:
    """How many documents there are, by which the rarity of a word is judged."""
    at, counted, count = _counts.get(id(engine), (0.0, None, 0))
    if counted is engine and count >= _MANY and time.monotonic() - at < _COUNTED:
        return count
    _counts.clear()
    _counts[id(engine)] = (time.monotonic(), engine, count := engine.count())
    return count


def _words(vocabulary: Vocabulary) -> _Words:
    kept = _kept.get(id(vocabulary))
    if kept is None or kept.vocabulary is not vocabulary:
        for old in list(_kept)[: len(_kept) + 1 - _REMEMBERED]:
            _kept.pop(old, None)
        kept = _kept[id(vocabulary)] = _Words(vocabulary, Corrector(vocabulary))
    return kept
