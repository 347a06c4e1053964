"""The best found in two steps are those that one reading of all lists finds, in the same order."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from search.engine import tantivy_search, telling
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


@pytest.mark.parametrize("given", [{"locales": ("en",)}, {"locales": ("en",), "kind": "article"}])
def test_what_common_words_add_is_looked_up_in_the_best(engine, monkeypatch, given) -> None:
    query = EngineQuery(
        should=(*TERMS, *(Term("words", word, 0.1) for word in WORDS[4:7])),
        filters=Filters(level=0, **given),
        must_not=(Term("words", "cord"),),
        limit=10,
        count=False,
    )
    read_whole = engine.search(query).hits
    looked_up = []
    adding = tantivy_search.tantivy_query.adding
    monkeypatch.setattr(telling, "MOST_POSTINGS", 4 * 160)
    monkeypatch.setattr(
        tantivy_search.tantivy_query,
        "adding",
        lambda among, terms: looked_up.append(terms) or adding(among, terms),
    )
    hits = engine.search(query).hits
    assert looked_up == [query.should[4:]]
    assert [hit.id for hit in hits] == [hit.id for hit in read_whole]
    assert [hit.score for hit in hits] == pytest.approx([hit.score for hit in read_whole])


def test_where_rare_words_do_not_tell_the_best_apart_all_lists_are_read(
    engine, monkeypatch
) -> None:
    query = EngineQuery(
        should=(Term("words", "boil"), Term("words", "fill", 0.1)),
        filters=Filters(level=0, locales=("en",)),
        limit=300,
        count=False,
    )
    read_whole = engine.search(query).hits
    monkeypatch.setattr(telling, "MOST_POSTINGS", 1)
    assert engine.search(query).hits == read_whole
    few = replace(query, limit=40)
    assert engine.search(few).hits == read_whole[:40]
