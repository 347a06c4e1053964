"""With an API key: what docs/production.md says that a key needs, and no more, is asked for.

The server for tests has no security, so a gatekeeper stands before it: it knows which privilege
Elasticsearch wants for which call, and on which names.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

import pytest

from search.engine.elastic_client import Cluster
from search.engine.elastic_generations import ElasticGenerations
from search.engine.protocol import Deletion, EngineFailed
from tests import elasticsearch

from .making import document, ids

pytestmark = pytest.mark.elasticsearch

KEY = "aWQ6c2VjcmV0"
#: Privilege on indexes → calls (method and address, "…" for the names of indexes) that it allows.
PRIVILEGES = {
    "manage": (
        "PUT /…",
        "GET /…",
        "DELETE /…",
        "GET /…/_alias",
        "POST /_aliases",
        "POST /…/_refresh",
        "GET /…/_stats/store",
    ),
    "read": (
        "POST /…/_search",
        "POST /_search",
        "POST /_msearch",
        "POST /…/_count",
        "POST /…/_pit",
        "DELETE /_pit",
    ),
    "write": ("PUT /…/_bulk",),
}
_NAMED = re.compile(r'"(?:index|alias)": ?"([^"]+)"|"(?:aliases)": ?\[([^]]*)\]')


class Gatekeeper(ThreadingHTTPServer):
    """Passes on what a key with these privileges on `prefix`.* may ask for; notes the privilege."""

    def __init__(self, target: str, prefix: str) -> None:
        super().__init__(("127.0.0.1", 0), _Call)
        self.target, self.prefix = urlsplit(target).netloc, prefix
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        self.used: set[str] = set()
        self.refused: list[str] = []


class _Call(BaseHTTPRequestHandler):
    server: Gatekeeper
    protocol_version = "HTTP/1.1"

    def log_message(self, *args: object) -> None:
        """Say nothing."""

    def _pass(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.headers.get("Authorization") != f"ApiKey {KEY}":
            return self._answer(401, b'{"error": "missing authentication credentials"}', {})
        path = unquote(urlsplit(self.path).path)
        names, call = self._names(path), f"{self.command} {path}"
        if names:
            call = call.replace(names[0], "…", 1)
        else:
            names = self._named(body)
        privilege = next((p for p, calls in PRIVILEGES.items() if call in calls), None)
        if privilege is None or not all(n.startswith(f"{self.server.prefix}.") for n in names):
            self.server.refused.append(f"{call} {names}")
            return self._answer(403, b'{"error": "is unauthorized for API key"}', {})
        self.server.used.add(privilege)
        connection = HTTPConnection(self.server.target, timeout=60)
        connection.request(self.command, self.path, body, dict(self.headers))
        answer = connection.getresponse()
        self._answer(answer.status, answer.read(), dict(answer.headers))
        connection.close()

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _pass  # noqa: N815

    @staticmethod
    def _names(path: str) -> list[str]:
        first = path.split("/")[1]
        return [] if first.startswith("_") else [first]

    @staticmethod
    def _named(body: bytes) -> list[str]:
        found = _NAMED.findall(body.decode())
        return [n.strip(' "') for one, many in found for n in (one or many).split(",")]

    def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        kept = {"content-type": "application/json", "x-elastic-product": "Elasticsearch"}
        kept |= {name.lower(): value for name, value in headers.items()}
        for name, value in kept.items():
            if name not in ("content-length", "transfer-encoding", "connection"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def gatekeeper() -> Iterator[Gatekeeper]:
    with elasticsearch.generations() as made:
        server = Gatekeeper(elasticsearch.address(), made.cluster.prefix)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
        server.server_close()


def behind(gatekeeper: Gatekeeper, **more: str) -> ElasticGenerations:
    patient = {"search_timeout": elasticsearch.PATIENCE, "replicas": "0"}
    return ElasticGenerations(
        Cluster((gatekeeper.url,), **{"prefix": gatekeeper.prefix, **patient, **more})
    )


def test_the_privileges_that_are_documented_suffice_and_are_needed(gatekeeper) -> None:
    site = behind(gatekeeper, api_key=KEY)
    engine = site.create("one")
    site.use("one")
    list(engine.fill([[document(1, "otter"), document(2, "badger")]]))
    engine = site.open("one")
    engine.write([document(3, "otter")], [Deletion(2, 5)])
    assert sorted(ids(engine, "otter")) == [1, 3]
    assert engine.document_frequency("words", "otter") == 2
    assert engine.vocabulary(0).frequency("otter") == 2
    assert (engine.count(), len(list(engine.versions()))) == (2, 2)
    assert engine.size() > 0
    site.create("two")
    site.use("two")
    site.destroy("one")
    assert (site.names(), site.in_use()) == (["two"], "two")
    assert gatekeeper.refused == []
    assert gatekeeper.used == set(PRIVILEGES)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "missing authentication"),
        ({"api_key": "b3RoZXI6a2V5"}, "missing authentication"),
        ({"api_key": KEY, "prefix": "another"}, "unauthorized"),
    ],
)
def test_a_key_that_may_not_is_said_with_the_server_s_words(gatekeeper, more, said) -> None:
    with pytest.raises(EngineFailed, match=said):
        behind(gatekeeper, **more).create("one")
