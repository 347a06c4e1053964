"""An engine that hangs or fails is left alone, and found again when it is back."""

from __future__ import annotations

import threading

import pytest

from search import breaker
from search.engine import guarded
from search.engine.embedded import EmbeddedEngine
from search.engine.embedded_generations import EmbeddedGenerations
from search.engine.guarded import GuardedEngine, within
from search.engine.protocol import EngineBusy, EngineFailed, EngineQuery
from tests.waiting import until


class Ailing(EmbeddedEngine):
    """A real engine that can be made to hang or fail."""

    def __init__(self, folder) -> None:
        super().__init__(folder)
        self.ill: str = ""
        self.asked = 0
        self.awake = threading.Event()

    def search(self, query):
        """Search, unless ill."""
        self.asked += 1
        if self.ill == "hangs":
            self.awake.wait(20)
        if self.ill == "fails":
            raise EngineFailed("no")
        return super().search(query)


@pytest.fixture
def ailing(tmp_path, monkeypatch):
    monkeypatch.setattr(breaker, "FIRST_PAUSE", 0.05)
    monkeypatch.setattr(guarded, "PATIENCE", 0.2)
    EmbeddedGenerations(tmp_path).create("one")
    engine = Ailing(tmp_path / "one")
    yield engine
    engine.awake.set()


@pytest.fixture
def guard(ailing):
    made = GuardedEngine("The engine", lambda: ailing)
    made.breaker._pause = 0.05
    return made


def test_a_healthy_engine_is_asked(guard):
    assert guard.search(EngineQuery()).total == 0


@pytest.mark.parametrize("illness", ["hangs", "fails"])
def test_it_is_spared_after_two_failures_and_found_again(guard, ailing, illness):
    ailing.ill = illness
    for _ in range(breaker.FAILURES):
        with pytest.raises(EngineFailed):
            guard.search(EngineQuery())
    assert guard.breaker.is_open
    asked = ailing.asked
    with pytest.raises(EngineBusy, match="spared"):
        guard.search(EngineQuery())
    assert ailing.asked - asked <= 1  # a probe at most
    ailing.ill = ""
    ailing.awake.set()
    assert until(guard.breaker.allows)
    assert guard.search(EngineQuery()).total == 0


def test_what_is_answered_from_memory_does_not_count_as_health(guard, ailing):
    ailing.ill = "hangs"
    for _ in range(breaker.FAILURES):
        assert guard.vocabulary(0).frequency("otter") == 0
        assert guard.document_frequency("words", "otter") == 0
        with pytest.raises(EngineFailed):
            guard.search(EngineQuery())
    assert guard.breaker.is_open


def test_a_probe_that_fails_keeps_it_spared(guard, ailing):
    ailing.ill = "fails"
    for _ in range(breaker.FAILURES):
        with pytest.raises(EngineFailed):
            guard.search(EngineQuery())
    before = ailing.asked
    assert until(lambda: guard.breaker.allows() or ailing.asked > before)
    assert guard.breaker.is_open


def test_one_failure_alone_spares_nothing(guard, ailing):
    ailing.ill = "fails"
    with pytest.raises(EngineFailed):
        guard.search(EngineQuery())
    ailing.ill = ""
    guard.search(EngineQuery())
    assert not guard.breaker.is_open


def test_calls_share_the_time_that_the_caller_has(guard):
    with within(0.0), pytest.raises(EngineBusy):
        guard.search(EngineQuery())
