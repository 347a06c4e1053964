"""The words in memory follow the index: aside while somebody may go on with them, else at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.engine import tantivy_vocabulary
from search.engine.embedded import EmbeddedEngine
from search.engine.embedded_generations import EmbeddedGenerations
from tests.waiting import until

from .making import document


@pytest.fixture
def engine(tmp_path: Path) -> EmbeddedEngine:
    engine = EmbeddedGenerations(tmp_path).create("one")
    engine.write([document(1, "otter")])
    assert engine.vocabulary(0).of_length(5) == ["otter"]
    return engine


def waits(monkeypatch: pytest.MonkeyPatch, age: float, oldest: float) -> None:
    monkeypatch.setattr(tantivy_vocabulary, "AGE", age)
    monkeypatch.setattr(tantivy_vocabulary, "OLDEST", oldest)


def test_nobody_waits_for_words_that_are_not_too_old(engine, monkeypatch):
    waits(monkeypatch, 0.0, 60.0)
    before = engine.vocabulary(0)
    engine.write([document(2, "moose")])
    assert engine.vocabulary(0) is before
    assert until(lambda: engine.vocabulary(0) is not before, seconds=20)
    assert engine.vocabulary(0).of_length(5) == ["moose", "otter"]


def test_words_are_left_as_they_are_for_a_moment(engine, monkeypatch):
    waits(monkeypatch, 60.0, 60.0)
    engine.write([document(2, "moose")])
    assert engine.vocabulary(0).of_length(5) == ["otter"]
    assert engine.vocabulary(1).of_length(5) == ["moose", "otter"]


def test_words_that_are_too_old_are_waited_for(engine, monkeypatch):
    waits(monkeypatch, 0.0, 0.0)
    engine.write([document(1, "moose", version=2)])
    assert engine.vocabulary(0).of_length(5) == ["moose"]


def test_what_was_made_of_the_same_words_stays_of_use(engine, monkeypatch):
    waits(monkeypatch, 0.0, 0.0)
    before = engine.vocabulary(0)
    engine.write([document(2, "otter")])
    assert engine.vocabulary(0) is before
    assert before.frequency("otter") == 2
    engine.write([document(3, "moose")])
    assert engine.vocabulary(0) is not before


def test_words_that_cannot_be_read_anew_stay(engine, monkeypatch):
    waits(monkeypatch, 0.0, 60.0)
    engine.write([document(2, "moose")])
    words, searcher = engine._words, Broken()
    for _ in range(3):
        assert words.of(0, searcher, (0, 0)).of_length(5) == ["otter"]
        assert until(lambda: not words._gathering.locked())
    assert engine.vocabulary(0).of_length(5) == ["otter"]
    assert until(lambda: not words._gathering.locked())
    assert engine.vocabulary(0).of_length(5) == ["moose", "otter"]


class Broken:
    """An index whose files are gone."""

    def terms_with_prefix(self, *asked: object) -> list:
        raise ValueError("no such file")
