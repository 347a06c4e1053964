"""What every engine does: keeps the newest version of what it was given, for the right readers."""

import os
import uuid
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.engine.protocol import (
    Coverage,
    CoveredWord,
    Deletion,
    EngineDocument,
    EngineFailed,
    EngineMissing,
    EngineQuery,
    Filters,
    Term,
    Tokens,
)

from .making import document, ids


def test_a_written_document_is_found_at_once(engine):
    engine.write([document(1, "refund money"), document(2, "delivery")])
    assert ids(engine, "refund") == [1]
    assert engine.count() == 2


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
        CoveredWord((Term("words", "nothing"),), 0.0),
    )
    query = EngineQuery(coverage=Coverage(words, 0.3))
    assert {hit.id for hit in engine.search(query).hits} == {1, 3}
    everything = {1: 1.0, 2: 0.2, 3: 0.8}
    assert engine.search(EngineQuery(covered=words)).coverage == pytest.approx(everything)
    plain = EngineQuery(should=(Term("words", "common"), Term("words", "never", constant=True)))
    found, asked = engine.search_all([plain, replace(plain, covered=words)])
    assert asked.hits == found.hits
    assert asked.coverage == pytest.approx({1: 1.0, 2: 0.2})


def test_a_document_that_exists_in_the_readers_language_is_left_out(engine):
    engine.write([document(1, "word", locale="en", also_in=("zh-hans:0", "zh-hans:1"))])
    assert ids(engine, "word", preferred=("zh-hans", "en")) == []
    assert ids(engine, "word", preferred=("zh-hant", "en")) == [1]


def test_facets_count_what_matches(engine):
    engine.write([document(1, "w", categories=[4, 5]), document(2, "w", categories=[4])])
    query = EngineQuery(should=(Term("words", "w"),), facets=("categories", "kind"))
    assert engine.search(query).facets == {"categories": {"4": 2, "5": 1}, "kind": {"faq": 2}}


def test_pages_of_equal_scores_neither_repeat_nor_miss_a_document(engine):
    engine.write([document(i, "same") for i in range(60, 0, -1)])
    shown = []
    for offset in range(0, 60, 10):
        query = EngineQuery(should=(Term("words", "same"),), limit=10, offset=offset)
        shown += [hit.id for hit in engine.search(query).hits]
    assert shown == list(range(1, 61))


def test_of_several_changes_to_one_document_the_newest_counts(engine):
    engine.write([document(1, "fresh", version=5), document(1, "old", version=4)])
    assert list(engine.versions()) == [(1, 5)]
    engine.write([document(1, "newer", version=6)], [Deletion(1, 7)])
    assert engine.count() == 0


def test_a_word_of_a_document_that_was_narrowed_is_not_proposed_any_more(generations, engine):
    engine.write([document(i, "flamingo" if i == 1 else f"other{i}") for i in range(1, 9)])
    engine.write([document(1, "flamingo", version=2, level=2)])
    words = generations.open("one")
    assert "flamingo" not in words.vocabulary(1).of_length(8)
    assert "flamingo" in words.vocabulary(2).of_length(8)


@pytest.mark.parametrize(("who", "level"), [("customers", 1), ("agents", 2)])
def test_a_note_for_fewer_scores_like_other_text_though_few_documents_have_one(engine, who, level):
    plain = [document(i, "some other words") for i in range(2, 100)]
    note = Tokens(words=["voucher", *(f"word{i}" for i in range(40))], surfaces=["voucher"])
    engine.write([document(1, "some words", **{who: note}), *plain])
    query = EngineQuery(should=(Term(f"{who}_words", "voucher"),), filters=Filters(level=level))
    assert engine.search(query).hits[0].score > 2
    assert engine.vocabulary(level).frequency("voucher") == 1
    assert engine.vocabulary(level - 1).frequency("voucher") == 0


def test_a_very_long_phrasing_fails_no_write(engine):
    text = Tokens(words=["word"], exact_phrasing=["k" * 70_000])
    engine.write([EngineDocument(1, 1, "f1", "en", "faq", 0, text)])
    assert ids(engine, "word") == [1]


def test_a_write_that_fails_leaves_the_index_as_it_was_and_free(engine):
    engine.write([document(1, "word")])
    with pytest.raises(EngineFailed):
        engine.write([document(2, "word"), document(3, "word", version=2**70)])
    assert ids(engine, "word") == [1]
    engine.write([document(4, "word")])
    assert ids(engine, "word") == [1, 4]


def test_a_reader_survives_a_fork(engine):
    engine.write([document(1, "word")])
    assert ids(engine, "word") == [1]
    child = os.fork()
    if child == 0:
        os._exit(0 if ids(engine, "word") == [1] else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


changes = st.lists(
    st.tuples(st.integers(1, 3), st.integers(1, 6), st.booleans()), min_size=1, max_size=8
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(changes)
def test_in_whatever_order_changes_arrive_the_newest_version_stands(generations, arriving):
    name = f"i{uuid.uuid4().hex}"
    engine = generations.create(name)
    newest: dict[int, tuple[int, bool]] = {}
    seen: set[tuple[int, int]] = set()
    for id_, version, deleted in arriving:
        if (id_, version) in seen:
            continue
        seen.add((id_, version))
        if deleted:
            engine.write([], [Deletion(id_, version)])
        else:
            engine.write([document(id_, "word", version=version)])
        newest[id_] = max(newest.get(id_, (0, False)), (version, deleted))
    live = sorted((id_, version) for id_, (version, gone) in newest.items() if not gone)
    assert list(engine.versions()) == live
    generations.destroy(name)


def test_another_reader_finds_what_was_written_at_its_next_search(generations, engine):
    other = generations.open("one")
    assert ids(other, "refund") == []
    engine.write([document(1, "refund")])
    assert ids(other, "refund") == [1]


def test_many_questions_are_answered_in_their_order(engine):
    engine.write([document(i, "same" if i > 2 else "same rare") for i in range(1, 40)])
    asked = [EngineQuery(should=(Term("words", w),), limit=9) for w in ("rare", "none", "same")]
    rare, none, same = engine.search_all(asked)
    assert [hit.id for hit in rare.hits] == [1, 2]
    assert none.total == 0
    assert [hit.id for hit in same.hits] == [3, 4, 5, 6, 7, 8, 9, 10, 11]
    assert same.total == 39


def test_documents_are_counted_by_token_and_field(engine):
    title = Tokens(title_words=["rare"], words=["rare"])
    engine.write([document(1, "common"), document(2, "common"), document(3, "common rare")])
    engine.write([EngineDocument(4, 1, "f4", "en", "faq", 0, title)])
    asked = [("words", "common"), ("words", "rare"), ("title_words", "rare"), ("words", "none")]
    assert dict(engine.document_frequencies(asked)) == dict(zip(asked, (3, 2, 1, 0), strict=True))


def test_a_new_index_is_filled_by_batches_and_found(engine):
    engine.write([document(2, "fresh", version=9)])
    batches = [[document(1, "word"), document(2, "word")], [document(3, "word")], []]
    reports = list(engine.fill(batches))
    assert [report.stale for report in reports] == [{2}, set(), set()]
    assert ids(engine, "word") == [1, 3]
    assert list(engine.versions()) == [(1, 1), (2, 9), (3, 1)]


def test_indexes_lie_side_by_side_and_are_known_by_name(generations, engine):
    two = generations.create("two")
    two.write([document(1, "word")])
    assert generations.names() == ["one", "two"]
    assert engine.count() == 0
    with pytest.raises(EngineFailed):
        generations.create("two")
    generations.destroy("two")
    generations.destroy("two")
    with pytest.raises(EngineMissing):
        generations.open("two")
    assert generations.names() == ["one"]


def test_an_index_that_was_lost_fails_aloud(generations, engine):
    generations.destroy("one")
    with pytest.raises(EngineMissing):
        ids(engine, "word")
    with pytest.raises(EngineFailed):
        engine.write([document(1, "word")])
    assert generations.names() == []


def test_the_size_is_told_in_bytes(engine):
    engine.write([document(i, f"word{i}") for i in range(50)])
    assert 1_000 < engine.size() < 10_000_000
