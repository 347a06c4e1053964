"""Of a long question in a large index, what tells least for its cost is looked up afterwards."""

from __future__ import annotations

from search.engine.protocol import Term
from search.engine.telling import MOST_POSTINGS, divided

_DOCUMENTS = {"rare": 40, "known": MOST_POSTINGS // 2, "every": MOST_POSTINGS // 2, "unknown": 0}
FREQUENCIES = {
    (field, token): number for field in ("words", "grams") for token, number in _DOCUMENTS.items()
}


def test_an_ordinary_question_is_read_whole_and_in_order():
    terms = (Term("words", "known"), Term("words", "rare"), Term("grams", "unknown", 0.2))
    assert divided(terms, FREQUENCIES) == (terms[:2], ())
    assert divided(terms[2:], FREQUENCIES) == (terms[2:], ())


def test_what_is_common_and_counts_little_is_looked_up_afterwards():
    terms = (Term("grams", "every", 0.2), Term("words", "known"), Term("words", "rare"))
    assert divided(terms, FREQUENCIES) == (terms[1:], terms[:1])


def test_something_is_always_read():
    alone = Term("words", "the")
    assert divided((alone,), {("words", "the"): 2 * MOST_POSTINGS}) == ((alone,), ())
