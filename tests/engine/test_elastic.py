"""What only Elasticsearch must mind: aliases, time-outs, several nodes, two major versions."""

from __future__ import annotations

import os
import socket
import threading
import time

import pytest

from search.engine.elastic_client import Cluster
from search.engine.elastic_generations import ElasticGenerations
from search.engine.protocol import EngineBusy, EngineFailed, EngineMissing
from tests import elasticsearch

from .making import document, ids

pytestmark = pytest.mark.elasticsearch


@pytest.fixture
def generations():
    with elasticsearch.generations() as made:
        yield made


@pytest.fixture
def server(generations):
    """The client of the server itself, past the engine."""
    return generations._connection.working


def test_both_aliases_move_in_one_step_and_nothing_else_has_them(generations, server):
    prefix = generations.cluster.prefix
    for name in ("one", "two"):
        generations.create(name)
        generations.use(name)
        generations.use(name)
    assert generations.in_use() == "two"
    for alias in (f"{prefix}.read", f"{prefix}.write"):
        assert list(server.indices.get_alias(name=alias)) == [f"{prefix}.two"]


def test_who_holds_an_index_that_was_in_use_goes_on_with_the_one_that_is(generations):
    generations.create("one")
    generations.use("one")
    held = generations.open("one")
    held.write([document(1, "old")])
    generations.create("two")
    generations.use("two")
    generations.destroy("one")
    held.write([document(2, "fresh")])
    assert ids(held, "fresh") == [2]
    assert ids(generations.open("two"), "fresh") == [2]


def test_an_index_that_is_not_in_use_is_written_by_its_own_name(generations):
    generations.create("one")
    generations.use("one")
    building = generations.create("two")
    building.write([document(1, "word")])
    assert generations.open("one").count() == 0
    assert generations.open("two").count() == 1


def test_a_write_never_makes_an_index_by_itself(generations):
    engine = generations.create("one")
    generations.destroy("one")
    with pytest.raises(EngineMissing):
        engine.write([document(1, "word")])
    assert generations.names() == []


def test_fields_that_nobody_declared_are_refused(generations, server):
    generations.create("one")
    index = f"{generations.cluster.prefix}.one"
    mapping = server.indices.get_mapping(index=index)[index]["mappings"]
    assert mapping["dynamic"] == "strict"
    assert mapping["_source"] == {"enabled": False}
    assert {f["analyzer"] for f in mapping["properties"].values() if f["type"] == "text"} == {
        "whitespace"
    }


def test_sites_with_similar_prefixes_do_not_see_each_other(generations):
    generations.create("one")
    longer = Cluster(generations.cluster.addresses, prefix=f"{generations.cluster.prefix}-two")
    assert ElasticGenerations(longer).names() == []
    with pytest.raises(ValueError, match="cannot begin"):
        ElasticGenerations(Cluster(generations.cluster.addresses, prefix="a.b"))


def test_shards_and_copies_are_as_the_settings_say(server):
    with elasticsearch.generations(shards=2, replicas="1") as made:
        made.create("one")
        index = f"{made.cluster.prefix}.one"
        about = server.indices.get_settings(index=index)[index]["settings"]["index"]
    assert (about["number_of_shards"], about["number_of_replicas"]) == ("2", "1")


def test_a_server_that_is_not_there_is_said_at_once():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    started = time.monotonic()
    with pytest.raises(EngineBusy, match="does not answer"):
        ElasticGenerations(Cluster((address,))).open("one")
    assert time.monotonic() - started < 5


def test_a_server_that_hangs_costs_no_more_than_the_time_out(generations):
    generations.create("one")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        kept: list[socket.socket] = []
        listener = threading.Thread(target=_accept, args=(silent, kept), daemon=True)
        listener.start()
        cluster = Cluster((address,), search_timeout=0.2, write_timeout=0.2)
        hung = ElasticGenerations(cluster)
        engine = generations.open("one")
        engine._connection = hung._connection
        for call in (
            lambda: ids(engine, "word"),
            lambda: engine.write([document(1, "word")]),
            lambda: engine.document_frequency("words", "word"),
            engine.count,
        ):
            started = time.monotonic()
            with pytest.raises(EngineBusy):
                call()
            assert time.monotonic() - started < 5


def _accept(silent: socket.socket, kept: list[socket.socket]) -> None:
    while True:
        try:
            kept.append(silent.accept()[0])
        except OSError:
            return


def test_a_node_that_refuses_is_passed_over(generations):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        dead = f"http://127.0.0.1:{free.getsockname()[1]}"
    addresses = (dead, *generations.cluster.addresses)
    both = ElasticGenerations(Cluster(addresses, prefix=generations.cluster.prefix))
    engine = both.create("one")
    engine.write([document(1, "word")])
    assert [ids(engine, "word") for _ in range(4)] == [[1]] * 4


def test_a_process_that_was_forked_opens_connections_of_its_own(generations):
    engine = generations.create("one")
    engine.write([document(1, "word")])
    child = os.fork()
    if child == 0:
        os._exit(0 if ids(generations.open("one"), "word") == [1] else 1)
    assert ids(engine, "word") == [1]
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_a_document_that_is_refused_is_named_with_the_reason(generations):
    engine = generations.create("one")
    broken = document(7, "word", published="yesterday")
    with pytest.raises(EngineFailed, match="Document 7"):
        engine.write([document(6, "word"), broken])


def test_a_word_written_by_another_process_is_known_soon(generations, monkeypatch):
    monkeypatch.setattr("search.engine.elastic_vocabulary.FRESH", 0.0)
    engine, other = generations.create("one"), generations.open("one")
    engine.write([document(1, "otter")])
    assert engine.vocabulary(0).frequency("otter") == 1
    other.write([document(2, "badger", version=2)])
    deadline = time.monotonic() + 20
    while not engine.vocabulary(0).frequency("badger") and time.monotonic() < deadline:
        time.sleep(0.02)
    assert engine.vocabulary(0).frequency("badger") == 1


def test_more_words_than_fit_into_one_answer_are_read_in_parts(generations, monkeypatch):
    monkeypatch.setattr("search.engine.elastic_vocabulary.PAGE", 7)
    engine = generations.create("one")
    engine.write([document(i, f"word{i:03} common") for i in range(60)])
    words = generations.open("one").vocabulary(0)
    assert len(words.of_length(7)) == 60
    assert words.frequency("common") == 60
