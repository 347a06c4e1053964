"""The best by words alone, filtered afterwards, are those that the filtered question finds."""

from __future__ import annotations

import random

import pytest

from search.engine import tantivy_search
from search.engine.embedded_generations import EmbeddedGenerations
from search.engine.protocol import EngineDocument, EngineQuery, Filters, Term, Tokens

WORDS = "boil fill pour clean dry lid base cord".split()
TERMS = tuple(Term("words", word) for word in WORDS[:4])


def document(number: int, chance: random.Random) -> EngineDocument:
    """One of two languages and levels; few words, so that many score alike."""
    words = chance.sample(WORDS, 3)
    locale = "en" if chance.random() < 0.5 else "zh-hans"
    level = chance.choice((0, 0, 2))
    return EngineDocument(number, 1, f"f{number}", locale, "article", level, Tokens(words=words))


@pytest.fixture
def engine(tmp_path):
    chance = random.Random(5)
    made = EmbeddedGenerations(tmp_path).create("one")
    made.write([document(number, chance) for number in range(400)])
    return made


@pytest.mark.parametrize("limit", [1, 5, 30, 150])
def test_both_ways_find_the_same_in_the_same_order(engine, monkeypatch, limit) -> None:
    query = EngineQuery(
        should=TERMS,
        filters=Filters(level=0, locales=("en",), not_ids=(3, 4)),
        must_not=(Term("words", "cord"),),
        limit=limit,
        count=False,
    )
    asked = []
    best = tantivy_search._best
    monkeypatch.setattr(
        tantivy_search, "_best", lambda *given: asked.append(best(*given)) or asked[-1]
    )
    first = engine.search(query).hits
    assert asked, "the question is broad"
    monkeypatch.setattr(tantivy_search, "_broad", lambda query: False)
    assert first == engine.search(query).hits
    assert first
