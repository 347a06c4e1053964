"""What one search has asked the engine it does not ask again, nor what would not be shown."""

from __future__ import annotations

import pytest

from search.engine.protocol import EngineQuery, Filters, Term
from search.index.generations import current
from search.lookup import service
from search.lookup.once import once
from tests import factories as make

from .asking import ask


@pytest.fixture
def asked(monkeypatch, index):
    """The questions that searches put to the engine, from now on."""
    questions: list[EngineQuery] = []
    engine_of = service.SITE.engine

    def listening(state):
        engine = engine_of(state)
        search_all = type(engine).search_all

        def search(queries):
            questions.extend(queries)
            return search_all(engine, queries)

        monkeypatch.setattr(engine, "search_all", search)
        return engine

    monkeypatch.setattr(service.SITE, "engine", listening)
    return questions


def foreign(questions: list[EngineQuery]) -> list[EngineQuery]:
    """Those that look for hits by score in other languages than English."""
    return [q for q in questions if q.limit and q.filters.not_locales and not q.should[0].constant]


def test_a_question_is_put_to_the_engine_once(index):
    make.faq("Return a parcel")
    index.drain()
    query = EngineQuery(should=(Term("words", "parcel"),), filters=Filters(level=0))
    counted: list[EngineQuery] = []

    class Listening:
        def search_all(self, queries):
            counted.extend(queries)
            return current().search_all(queries)

    engine = once(Listening())  # type: ignore[arg-type]
    other = EngineQuery(should=(Term("words", "return"),), filters=Filters(level=0))
    first = engine.search(query)
    assert first.total == 1
    assert engine.search_all([other, query])[1] == first
    assert counted == [query, other]


def test_other_languages_are_not_searched_for_what_would_have_no_room(asked, index):
    for number in range(10):
        make.faq(f"Printer {number}", lead="Cable and paper.")
    make.faq("打印机 cable", parent=make.category("打印", code="zh-hans"))
    index.drain()
    found = ask("cable walrus narwhal quokka octopus")
    assert not found.hits
    assert len(found.perhaps) == 10
    assert not foreign(asked)
    found = ask("打印机 walrus narwhal quokka octopus")
    assert foreign(asked), "there is room"
    assert [hit.title for hit in (*found.hits, *found.perhaps)] == ["打印机 cable"]
