"""Small writes to a large embedded index do not have all of it written again."""

from __future__ import annotations

import json
from contextlib import contextmanager, suppress

import pytest

from search.engine import recent
from search.engine.embedded_generations import EmbeddedGenerations
from search.engine.protocol import Deletion

from .making import document, ids


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setattr(recent, "WORTH_IT", 100)
    monkeypatch.setattr(recent, "MOST", 20)
    return EmbeddedGenerations(tmp_path)


@pytest.fixture
def index(place):
    engine = place.create("one")
    engine.write([document(n, f"otter w{n}") for n in range(1000, 1200)])
    return engine


def segments(engine) -> list[dict]:
    return json.loads((engine.folder / "meta.json").read_text())["segments"]


def largest(engine) -> str:
    return max(segments(engine), key=lambda each: each["max_doc"])["segment_id"]


def test_the_large_segment_stays_whatever_is_published(index):
    first = largest(index)
    for n in range(60):
        index.write([document(n % 25, f"otter fresh{n}", version=10 + n)])
        assert len(segments(index)) <= recent.SEGMENTS
    assert largest(index) == first
    assert index.count() == 225
    assert dict(index.versions()) == dict.fromkeys(range(1000, 1200), 1) | {
        n: max(10 + m for m in range(60) if m % 25 == n) for n in range(25)
    }
    assert ids(index, "fresh59") == [59 % 25]
    assert ids(index, "fresh30") == []


def test_what_is_deleted_stays_deleted_and_no_older_version_returns(index):
    for n in range(12):
        index.write([document(n, "otter", version=5)])
    index.write([], [Deletion(3, 6), Deletion(1000, 6)])
    for n in range(20, 40):
        index.write([document(n, "otter", version=5)])
    assert ids(index, "w1000") == []
    assert index.write([document(3, "otter", version=5)]).stale == {3}
    assert index.write([document(1000, "otter", version=5)]).stale == {1000}
    assert index.count() == 199 + 11 + 20


def test_a_document_narrowed_to_fewer_readers_is_not_opened_again(index):
    index.write([document(1, "walrus", version=5)])
    index.write([document(1, "walrus", version=6, level=2)])
    for n in range(20, 40):
        index.write([document(n, "otter", version=5)])
        assert ids(index, "walrus") == []
        assert ids(index, "walrus", level=2) == [1]


def test_a_repeated_delivery_of_one_version_stands_as_it_came_last(index):
    index.write([document(1, "walrus", version=5)])
    index.write([document(1, "badger", version=5)])
    for n in range(20, 40):
        index.write([document(n, "otter", version=5)])
    assert ids(index, "walrus") == []
    assert ids(index, "badger") == [1]


def test_a_commit_that_fails_brings_nothing_old_back(index, monkeypatch):
    index.write([document(1, "walrus", version=5)])
    with monkeypatch.context() as broken:
        broken.setattr(type(index), "_writing", _fails(type(index)._writing))
        with pytest.raises(OSError, match="killed"):
            index.write([document(1, "badger", version=6)])
    for n in range(20, 40):
        index.write([document(n, "otter", version=5)])
    assert dict(index.versions())[1] == 5
    index.write([document(1, "badger", version=6)])
    assert ids(index, "walrus") == []
    assert ids(index, "badger") == [1]


def _fails(writing):
    @contextmanager
    def failing(self):
        with suppress(ZeroDivisionError), writing(self) as writer:
            yield writer
            raise ZeroDivisionError
        raise OSError("killed")

    return failing


def test_the_file_does_not_grow_for_ever(index, monkeypatch):
    monkeypatch.setattr(recent, "LONGEST", 1_000)
    for n in range(30):
        index.write([document(1, f"otter fresh{n}", version=n + 1)])
    assert (index.folder / "writes.recent").stat().st_size < 2_000
    assert ids(index, "fresh29") == [1]


@pytest.mark.parametrize("spoilt", [b"", b"rubbish", None])
def test_without_what_was_remembered_all_goes_on(index, spoilt):
    for n in range(30):
        if n == 10:
            file = index.folder / "writes.recent"
            file.write_bytes(file.read_bytes()[:-3] if spoilt is None else spoilt)
        index.write([document(n, f"fresh{n}")])
    assert index.count() == 230
    assert ids(index, "fresh3") == [3]
    assert len(segments(index)) <= recent.SEGMENTS


def test_a_copy_remembers_nothing_of_the_original(index, place):
    for n in range(5):
        index.write([document(n, "otter")])
    copy = place.copy(index, "two")
    for n in range(10, 25):
        copy.write([document(n, "badger")])
    assert ids(index, "badger") == []
    for n in range(30, 45):
        index.write([document(n, "walrus")])
    assert ids(copy, "walrus") == []
    assert copy.count() == 220


def test_a_small_index_is_merged_as_ever(place):
    engine = place.create("small")
    for n in range(20):
        engine.write([document(n, "otter")])
    assert not (engine.folder / "writes.recent").exists()
    assert engine.count() == 20
