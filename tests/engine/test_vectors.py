"""What every engine does with vectors: finds the nearest part that a reader may read."""

from __future__ import annotations

import numpy as np
import pytest

from search.engine.protocol import (
    PHRASING,
    Deletion,
    Engine,
    EngineDocument,
    Filters,
    Generations,
    NearHit,
    PartVector,
    VectorSpace,
)

from .making import document

MODEL = "small model"
SPACE = VectorSpace(MODEL, 8)


def vector(*numbers: float) -> np.ndarray:
    """A vector of length 1 that begins with these numbers."""
    made = np.zeros(SPACE.dimensions, dtype=np.float32)
    made[: len(numbers)] = numbers
    return made / np.linalg.norm(made)


def part(name: str, *numbers: float, level: int = 0) -> PartVector:
    return PartVector(name, level, vector(*numbers).tobytes())


def meaning(id_: int, *parts: PartVector, model: str = MODEL, **more) -> EngineDocument:
    return document(id_, more.pop("words", "word"), vectors={model: parts}, **more)


def near(engine: Engine, *numbers: float, limit: int = 10, **filters) -> list[tuple[int, str]]:
    hits = engine.nearest(vector(*numbers), Filters(**filters), limit, MODEL)
    return [(hit.id, hit.part) for hit in hits]


@pytest.fixture
def engine(generations: Generations) -> Engine:
    return generations.create("one", SPACE)


def test_the_nearest_part_of_each_document_comes_first(engine):
    engine.write(
        [
            meaning(1, part("", 1, 0), part("how", 0, 1)),
            meaning(2, part("", 3, 4), part(PHRASING, 0, 0, 1)),
        ]
    )
    hits = engine.nearest(vector(0, 1), Filters(), 10, MODEL)
    assert [(hit.id, hit.version, hit.part) for hit in hits] == [(1, 1, "how"), (2, 1, "")]
    assert [hit.cosine for hit in hits] == pytest.approx([1.0, 0.8], abs=1e-3)
    assert near(engine, 0, 0, 1, limit=1) == [(2, PHRASING)]


def test_equally_near_documents_come_in_the_order_of_ids(engine):
    engine.write([meaning(i, part("", 1, 1)) for i in (9, 3, 7, 1)])
    assert near(engine, 1, 0, limit=3) == [(1, ""), (3, ""), (7, "")]


def test_a_reader_never_meets_a_document_above_his_level(engine):
    engine.write([meaning(1, part("", 1, level=2), level=2), meaning(2, part("", 0, 1))])
    assert near(engine, 1, level=0) == near(engine, 1, level=1) == [(2, "")]
    assert near(engine, 1, level=2) == [(1, ""), (2, "")]


def test_a_reader_never_meets_a_part_for_others(engine):
    parts = part("", 1), part("trade", 0, 1, level=1), part("secret", 0, 0, 1, level=2)
    engine.write([meaning(1, *parts)])
    assert near(engine, 0, 0, 1, level=0) == near(engine, 0, 1, level=0) == [(1, "")]
    assert near(engine, 0, 1, level=1) == [(1, "trade")]
    [hit] = engine.nearest(vector(0, 0, 1), Filters(level=1), 10, MODEL)
    assert hit.cosine == pytest.approx(0.0, abs=1e-3)
    assert near(engine, 0, 0, 1, level=2) == near(engine, 0, 0, 1, level=3) == [(1, "secret")]
    assert near(engine, 0, 1, level=2) == [(1, "trade")]


def test_filters_hold_inside_the_search(engine):
    far = [meaning(i, part("", 1, i / 100), locale="en", categories=[5]) for i in range(1, 60)]
    engine.write([*far, meaning(90, part("", 0, 1), locale="zh-hans", categories=[5, 7])])
    assert near(engine, 1, limit=1, locales=("zh-hans",)) == [(90, "")]
    assert near(engine, 1, limit=1, category=7) == [(90, "")]
    assert near(engine, 1, limit=2, not_ids=(1, 3)) == [(2, ""), (4, "")]
    assert near(engine, 1, limit=5, not_locales=("en",)) == [(90, "")]
    assert near(engine, 1, ids=(90, 50, 7)) == [(7, ""), (50, ""), (90, "")]
    assert near(engine, 1, ids=()) == []


def test_of_translations_the_preferred_one_is_kept(engine):
    family = {"also_in": ["zh-hans:0"]}
    engine.write(
        [
            meaning(1, part("", 1), locale="en", **family),
            meaning(2, part("", 1), locale="zh-hans", also_in=["en:0"]),
            meaning(3, part("", 1), locale="zh-hans"),
        ]
    )
    assert near(engine, 1, preferred=("zh-hans", "en")) == [(2, ""), (3, "")]
    assert near(engine, 1, preferred=("en", "zh-hans")) == [(1, ""), (3, "")]


def test_a_new_version_replaces_all_vectors_of_the_old(engine):
    engine.write([meaning(1, part("", 1), part("gone", 0, 1)), meaning(2, part("", 0, 1))])
    engine.write([meaning(1, part("", 0, 0, 1), version=2)])
    assert near(engine, 0, 1, limit=1) == [(2, "")]
    [hit] = engine.nearest(vector(0, 0, 1), Filters(), 1, MODEL)
    assert (hit.id, hit.version) == (1, 2)


def test_a_late_version_brings_no_old_vector_back(engine):
    engine.write([meaning(1, part("", 1), version=5)])
    engine.write([meaning(1, part("old", 0, 1), version=4)])
    assert near(engine, 0, 1) == [(1, "")]


def test_a_document_written_again_in_its_version_has_its_last_vectors(engine):
    engine.write([meaning(1, part("first", 1), version=3)])
    engine.write([meaning(1, part("second", 0, 1), version=3)])
    assert near(engine, 1) == [(1, "second")]
    engine.write([document(1, "word", version=3)])
    assert near(engine, 1) == []


def test_a_deleted_document_is_not_near(engine):
    engine.write([meaning(1, part("", 1)), meaning(2, part("", 0, 1))])
    engine.write([], [Deletion(1, 2)])
    assert near(engine, 1) == [(2, "")]


def test_a_document_waits_for_its_vectors_and_is_found_by_words_meanwhile(engine):
    engine.write([document(1, "word"), meaning(2, part("", 1))])
    assert near(engine, 1) == [(2, "")]
    assert list(engine.versions()) == [(1, 1), (2, 1)]
    engine.write([meaning(1, part("", 1), version=2)])
    assert near(engine, 1) == [(1, ""), (2, "")]


def test_vectors_of_another_model_are_not_kept(engine):
    engine.write([meaning(1, part("", 1), model="another"), meaning(2, part("", 0, 1))])
    assert near(engine, 1) == [(2, "")]
    assert engine.nearest(vector(1), Filters(), 10, "another") == ()
    assert engine.nearest(vector(1)[:4], Filters(), 10, MODEL) == ()


def test_a_generation_knows_its_model_when_it_is_opened_again(generations):
    generations.create("one", SPACE).write([meaning(1, part("a-b", 1))])
    again = generations.open("one")
    assert again.space == SPACE
    assert near(again, 1) == [(1, "a-b")]


def test_an_index_without_a_model_keeps_no_vectors(generations):
    engine = generations.create("words")
    engine.write([meaning(1, part("", 1))])
    assert engine.space is None
    assert near(engine, 1) == []


def test_many_writes_lose_and_mix_nothing(engine):
    random = np.random.default_rng(7)
    truth: dict[int, np.ndarray] = {}
    for version in range(1, 41):
        ids = random.choice(60, size=6, replace=False) + 1
        documents = []
        for id_ in map(int, ids):
            truth[id_] = random.normal(size=SPACE.dimensions).astype(np.float32)
            truth[id_] /= np.linalg.norm(truth[id_])
            parts = [PartVector("", 0, truth[id_].tobytes())]
            documents.append(meaning(id_, *parts, version=version))
        engine.write(documents)
    asked = vector(1, 2, 3)
    expected = sorted(truth, key=lambda id_: -float(truth[id_] @ asked))
    hits = engine.nearest(asked, Filters(), 100, MODEL)
    assert [hit.id for hit in hits] == expected
    assert isinstance(hits[0], NearHit)
