"""Of a long question in a large index, the terms that tell least for their cost are not read."""

from __future__ import annotations

from search.engine.protocol import Term
from search.engine.telling import MOST_POSTINGS, telling

FREQUENCIES = {
    "rare": 40,
    "known": MOST_POSTINGS // 2,
    "every": MOST_POSTINGS // 2,
    "unknown": 0,
}


def frequency(field: str, token: str) -> int:
    return FREQUENCIES[token]


def test_an_ordinary_question_is_read_whole_and_in_order():
    terms = (Term("words", "known"), Term("words", "rare"), Term("grams", "unknown", 0.2))
    assert telling(terms, frequency) == terms[:2]
    assert telling(terms[2:], frequency) == terms[2:]


def test_what_is_common_and_counts_little_goes_first():
    terms = (Term("grams", "every", 0.2), Term("words", "known"), Term("words", "rare"))
    assert telling(terms, frequency) == terms[1:]


def test_something_is_always_read():
    alone = Term("words", "the")
    assert telling((alone,), lambda field, token: 2 * MOST_POSTINGS) == (alone,)
