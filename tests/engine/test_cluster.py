"""Three nodes, of which one is lost: nothing is, and nobody waits."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from search.engine.elastic_client import Cluster
from search.engine.elastic_generations import ElasticGenerations
from search.engine.protocol import EngineFailed

from .making import document, ids

pytestmark = pytest.mark.elasticsearch

#: A command `start NAME --port N --cluster`, `kill NAME`, `wipe NAME` of a server for tests.
SERVER = "ELASTICSEARCH_SERVER"
NODES = {"a": 9740, "b": 9741, "c": 9742}


@pytest.fixture
def nodes(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The addresses of three nodes that know each other."""
    command = os.environ.get(SERVER, "")
    if not command:
        pytest.skip(f"{SERVER} names no command that starts Elasticsearch nodes")
    home = os.environ.get("ZHIDA_ES_HOME") or str(tmp_path)

    def say(*words: str) -> None:
        subprocess.run([command, *words], env={**os.environ, "ZHIDA_ES_HOME": home}, check=True)

    started = []
    try:
        for name, port in NODES.items():
            started.append(name)
            say("start", name, "--port", str(port), "--cluster", "--heap", "256m")
        yield {name: f"http://127.0.0.1:{port}" for name, port in NODES.items()}
    finally:
        for name in started:
            with suppress(subprocess.CalledProcessError):
                say("kill", name)
            with suppress(subprocess.CalledProcessError):
                say("wipe", name)


def test_the_loss_of_a_node_loses_no_document_and_no_search(nodes: dict[str, str]) -> None:
    cluster = Cluster(tuple(nodes.values()), search_timeout=10.0)
    generations = ElasticGenerations(cluster)
    engine = generations.create("one")
    generations.use("one")
    engine.write([document(i, f"word same{i % 7}") for i in range(200)])
    client = generations._connection.working
    client.cluster.health(wait_for_status="green", wait_for_nodes="3", timeout="60s")
    client.cluster.health(wait_for_no_relocating_shards=True, timeout="60s")
    index = client.cat.shards(index="zhida.one", format="json")
    holder = next(shard["node"] for shard in index if shard["prirep"] == "p")
    subprocess.run([os.environ[SERVER], "kill", holder], check=True)
    assert _eventually(lambda: len(ids(engine, "same3")) == 10, 60)
    assert _eventually(lambda: engine.write([document(500, "otter")]).written == {500}, 60)
    assert ids(engine, "otter") == [500]
    assert engine.count() == 201
    assert len(list(engine.versions())) == 201


def _eventually(done, seconds: float) -> bool:
    """A cluster needs a moment to notice a loss; each try fails cleanly until then."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with suppress(EngineFailed):
            if done():
                return True
        time.sleep(0.2)
    return False
