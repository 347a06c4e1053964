"""A real Redis keeps pages and counts calls; without it the site goes on."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from django.core.cache import caches
from django.test import Client

from cms import caching
from tests import factories

pytestmark = pytest.mark.skipif(
    not shutil.which("redis-server"), reason="Redis is absent: there is no redis-server"
)


class Server:
    """A Redis on a port of its own that can be stopped and started."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]

    def start(self) -> None:
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        wait(self._answers)

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()

    def _answers(self) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
            return True
        return False


def wait(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.fixture
def redis(settings) -> Iterator[Server]:
    server = Server()
    server.start()
    place = {"BACKEND": "cms.caching.RedisCache", "LOCATION": f"redis://127.0.0.1:{server.port}"}
    settings.CACHES = {
        name: {**place, "KEY_PREFIX": name} for name in ("default", "limits", "pages")
    }
    yield server
    server.stop()


def test_calls_are_counted_and_pages_kept(redis, index, settings, django_assert_num_queries):
    settings.REQUEST_LIMITS = {**settings.REQUEST_LIMITS, "search": (2, 60)}
    settings.JOURNEYS_SETTINGS_SECONDS = 60
    entry = factories.article("Kettle")
    index.drain()
    address = entry.get_url()
    made = Client().get(address).content
    with django_assert_num_queries(1):
        assert Client().get(address).content == made
    answers = [Client().get("/api/v1/search", {"q": "kettle", "locale": "en"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]


def test_while_it_is_away_pages_and_searches_are_answered(redis, index, monkeypatch):
    monkeypatch.setattr(caching, "SPARED", 0.1)
    entry = factories.article("Kettle")
    index.drain()
    redis.stop()
    assert "Kettle" in Client().get(entry.get_url()).content.decode()
    assert Client().get("/api/v1/search", {"q": "kettle", "locale": "en"}).status_code == 200
    parts = Client().get("/readyz").json()["parts"]
    assert parts["cache"]["ok"] is False
    redis.start()
    time.sleep(caching.SPARED)
    caches["default"].set("back", "yes")
    wait(lambda: caches["default"].get("back") == "yes" or caches["default"].set("back", "yes"))
