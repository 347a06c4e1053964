"""The embedded engine's vectors on the disk: seen by all processes, unharmed by a kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from search.engine import vector_files, vector_graph
from search.engine.embedded_generations import EmbeddedGenerations
from search.engine.protocol import Filters, PartVector

from .making import document
from .test_vectors import MODEL, SPACE, meaning, near, part, vector

#: Writes on and on: in its n-th write each document's version is n, and so is its vector.
WRITER = """
import sys
from pathlib import Path
from search.engine.embedded_generations import EmbeddedGenerations
from tests.engine.test_vector_files import versioned
engine = EmbeddedGenerations(Path(sys.argv[1])).open("one")
version = max((v for _, v in engine.versions()), default=0)
print("ready", flush=True)
while True:
    version += 1
    engine.write([versioned(id_, version) for id_ in range(1, 8)])
"""


def versioned(id_: int, version: int):
    """A document whose vector tells its version."""
    made = np.zeros(SPACE.dimensions, dtype=np.float32)
    angle = version / 1000
    made[0], made[1] = np.cos(angle), np.sin(angle)
    parts = [PartVector("", 0, made.tobytes())]
    return document(id_, f"word{version}", version, vectors={MODEL: parts})


def test_a_process_sees_what_another_has_written(tmp_path):
    here, there = EmbeddedGenerations(tmp_path), EmbeddedGenerations(tmp_path)
    writer = here.create("one", SPACE)
    reader = there.open("one")
    writer.write([meaning(1, part("", 1))])
    assert near(reader, 1) == [(1, "")]
    writer.write([meaning(2, part("", 1)), meaning(1, part("new", 1), version=2)])
    assert near(reader, 1) == [(1, "new"), (2, "")]


def test_vectors_of_a_site_before_rows_had_a_locale_are_read_and_merged(tmp_path):
    engine = EmbeddedGenerations(tmp_path).create("one", SPACE)
    engine.write([meaning(1, part("", 1)), meaning(2, part("later", 1))])
    [name] = vector_files.read_manifest(tmp_path / "one").names
    rows = tmp_path / "one" / f"{name}{vector_files.ROWS}"
    np.save(rows, np.load(rows)[["id", "version", "level", "part"]].copy())
    again = EmbeddedGenerations(tmp_path).open("one")
    assert near(again, 1) == [(1, ""), (2, "later")]
    again.write([meaning(2, part("now", 1), version=2)])
    assert len(vector_files.read_manifest(tmp_path / "one").names) == 1
    assert near(again, 1) == [(1, ""), (2, "now")]


def test_rows_of_a_language_lie_together_after_merges(tmp_path):
    engine = EmbeddedGenerations(tmp_path).create("one", SPACE)
    for turn in range(4):
        these = range(turn * 4, turn * 4 + 4)
        engine.write(
            [meaning(n + 1, part("", 1, n), locale=("en", "zh-hans")[n % 2]) for n in these]
        )
    for name in vector_files.read_manifest(tmp_path / "one").names:
        locales = vector_files.open_segment(tmp_path / "one", name).rows["locale"]
        assert list(locales) == sorted(locales)
    found = engine.nearest(vector(1, 5), Filters(locales=("zh-hans",)), 20, MODEL)
    assert {hit.id for hit in found} == set(range(2, 17, 2))
    assert found[0].id == 6


def test_kills_in_the_middle_of_writes_lose_and_mix_nothing(tmp_path):
    EmbeddedGenerations(tmp_path).create("one", SPACE)
    random = np.random.default_rng(5)
    for _ in range(12):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path)],
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings.test"},
        )
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        time.sleep(0.15 + 0.2 * random.random())
        process.send_signal(signal.SIGKILL)
        process.wait()
        engine = EmbeddedGenerations(tmp_path).open("one")
        versions = dict(engine.versions())
        for hit in engine.nearest(vector(1), Filters(), 10, MODEL):
            assert hit.version == versions[hit.id]
            assert hit.cosine == pytest.approx(np.cos(hit.version / 1000), abs=1e-5)
        assert len(engine.nearest(vector(1), Filters(), 10, MODEL)) == len(versions)
    last = max(versions.values(), default=0) + 1
    engine.write([versioned(1, last)])
    named = vector_files.read_manifest(tmp_path / "one").names
    files = {file.name.partition(".")[0] for file in (tmp_path / "one").glob("*.npy")}
    assert files == set(named)


def test_what_is_of_no_use_any_more_goes_with_time(tmp_path):
    engine = EmbeddedGenerations(tmp_path).create("one", SPACE)
    for version in range(1, 41):
        engine.write([meaning(1, part("", version, 1), version=version)])
    assert engine._vectors.count() < 10


def test_a_copy_has_the_vectors_and_goes_its_own_way(tmp_path):
    generations = EmbeddedGenerations(tmp_path)
    engine = generations.create("one", SPACE)
    engine.write([meaning(1, part("", 1))])
    copy = generations.copy(engine, "two")
    engine.write([meaning(2, part("", 1))])
    assert near(copy, 1) == [(1, "")]
    assert near(engine, 1) == [(1, ""), (2, "")]


def test_a_graph_finds_what_reading_all_vectors_finds(tmp_path, monkeypatch):
    pytest.importorskip("usearch", reason="requirements-semantic.txt is not installed")
    monkeypatch.setattr(vector_graph, "WORTH_IT", 400)
    monkeypatch.setattr(vector_graph, "FEW", 50)
    random = np.random.default_rng(3)
    documents = []
    for id_ in range(1, 801):
        made = random.normal(size=SPACE.dimensions).astype(np.float32)
        made /= np.linalg.norm(made)
        level, locale = int(id_ % 3 == 0), "en" if id_ % 2 else "zh-hans"
        parts = [PartVector("", level, made.tobytes())]
        documents.append(document(id_, "word", level=level, locale=locale, vectors={MODEL: parts}))
    generations = EmbeddedGenerations(tmp_path)
    engine, reader = generations.create("one", SPACE), generations.open("one")
    engine.write(documents)
    asked = [vector(*random.normal(size=SPACE.dimensions)) for _ in range(20)]
    filters = Filters(level=0, locales=("en",))
    exact = [reader.nearest(each, filters, 5, MODEL) for each in asked]
    assert engine.tend()
    assert not engine.tend()
    reader.nearest(asked[0], filters, 5, MODEL)
    assert reader._vectors._opened.graphs[0] is not None
    found = [reader.nearest(each, filters, 5, MODEL) for each in asked]
    same = [len(set(a) & set(b)) / 5 for a, b in zip(exact, found, strict=True)]
    assert np.mean(same) >= 0.95
    assert all(hit.id % 2 and hit.id % 3 for hits in found for hit in hits)
    engine.write([meaning(1, part("newest", 1), version=2)])
    assert near(reader, 1, limit=1) == [(1, "newest")]
