"""The embedded engine keeps what it was given, in the newest version, for the right readers."""

from pathlib import Path

import pytest

from search.engine.embedded import EmbeddedEngine, EmbeddedGenerations
from search.engine.protocol import (
    Coverage,
    CoveredWord,
    Deletion,
    EngineDocument,
    EngineQuery,
    Filters,
    Term,
    Tokens,
)


@pytest.fixture
def engine(tmp_path: Path) -> EmbeddedEngine:
    return EmbeddedGenerations(tmp_path).create("one")


def document(id_: int, words: str, version: int = 1, level: int = 0, **more) -> EngineDocument:
    tokens = Tokens(title_words=[], words=words.split(), surfaces=words.split())
    return EngineDocument(
        id=id_,
        version=version,
        family=f"f{id_}",
        locale=more.pop("locale", "en"),
        kind="faq",
        level=level,
        text=tokens,
        **more,
    )


def ids(engine: EmbeddedEngine, word: str, **filters) -> list[int]:
    query = EngineQuery(should=(Term("words", word),), filters=Filters(**filters))
    return [hit.id for hit in engine.search(query).hits]


def test_a_written_document_is_found_at_once(engine):
    engine.write([document(1, "refund money"), document(2, "delivery")])
    assert ids(engine, "refund") == [1]
    assert engine.count() == 2


def test_another_reader_of_the_same_folder_sees_a_commit_at_its_next_search(engine):
    other = EmbeddedEngine(engine.folder)
    assert ids(other, "refund") == []
    engine.write([document(1, "refund")])
    assert ids(other, "refund") == [1]


def test_a_new_version_replaces_the_old(engine):
    engine.write([document(1, "old")])
    engine.write([document(1, "fresh", version=2)])
    assert ids(engine, "old") == []
    assert list(engine.versions()) == [(1, 2)]


def test_a_late_version_never_wins(engine):
    engine.write([document(1, "fresh", version=5)])
    report = engine.write([document(1, "old", version=4)])
    assert report.stale == {1}
    assert ids(engine, "fresh") == [1]


def test_a_late_version_does_not_bring_back_what_was_deleted(engine):
    engine.write([document(1, "word")])
    engine.write([], [Deletion(1, 3)])
    engine.write([document(1, "word", version=2)])
    assert ids(engine, "word") == []
    assert engine.count() == 0
    assert list(engine.versions()) == []


def test_a_reader_never_meets_a_document_above_his_level(engine):
    engine.write([document(1, "secret", level=2)])
    assert ids(engine, "secret", level=1) == []
    assert ids(engine, "secret", level=2) == [1]
    assert engine.vocabulary(0).frequency("secret") == 0
    assert engine.vocabulary(2).frequency("secret") == 1
    assert "secret" not in engine.vocabulary(1).of_length(6)


def test_equal_scores_come_in_the_order_of_ids(engine):
    engine.write([document(i, "same words") for i in (9, 3, 7, 1)])
    assert ids(engine, "same") == [1, 3, 7, 9]


def test_coverage_counts_a_word_by_its_mass(engine):
    engine.write([document(1, "rare common"), document(2, "common"), document(3, "rare")])
    words = (
        CoveredWord((Term("words", "rare"),), 8.0),
        CoveredWord((Term("words", "common"),), 2.0),
    )
    query = EngineQuery(coverage=Coverage(words, 0.3))
    assert {hit.id for hit in engine.search(query).hits} == {1, 3}
    shares = engine.coverage(words, [1, 2, 3], level=0)
    assert shares == pytest.approx({1: 1.0, 2: 0.2, 3: 0.8})


def test_a_document_that_exists_in_the_readers_language_is_left_out(engine):
    engine.write([document(1, "word", locale="en", also_in=("zh-hans:0", "zh-hans:1"))])
    assert ids(engine, "word", not_also_in=("zh-hans:0",)) == []
    assert ids(engine, "word", not_also_in=("zh-hant:0",)) == [1]


def test_facets_count_what_matches(engine):
    engine.write([document(1, "w", categories=[4, 5]), document(2, "w", categories=[4])])
    query = EngineQuery(should=(Term("words", "w"),), facets=("categories", "kind"))
    assert engine.search(query).facets == {"categories": {"4": 2, "5": 1}, "kind": {"faq": 2}}
