"""What only the embedded engine must mind: one writer at a time, and a kill in the middle."""

import fcntl
import os
import signal
from pathlib import Path

import pytest

from search.engine.embedded import EmbeddedEngine
from search.engine.embedded_generations import EmbeddedGenerations
from search.engine.protocol import EngineBusy

from .making import document, ids


@pytest.fixture
def engine(tmp_path: Path) -> EmbeddedEngine:
    return EmbeddedGenerations(tmp_path).create("one")


def test_a_writer_that_is_busy_is_reported_after_the_time_limit(engine, monkeypatch):
    monkeypatch.setattr("search.engine.embedded.LOCK_TIMEOUT", 0.05)
    with (engine.folder / "writer.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(EngineBusy):
            engine.write([document(1, "word")])
    engine.write([document(1, "word")])
    assert ids(engine, "word") == [1]


def test_a_killed_writer_leaves_the_last_commit_and_no_lock(engine):
    engine.write([document(1, "word")])
    child = os.fork()
    if child == 0:
        with engine._writing() as writer:
            writer.delete_all_documents()
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    assert ids(engine, "word") == [1]
    engine.write([document(2, "word")])
    assert ids(engine, "word") == [1, 2]
