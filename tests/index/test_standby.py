"""While the engine elsewhere is away, this node answers by itself and loses nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from content.models import Entry
from search import breaker as breaker_of
from search.engine import guarded
from search.engine.protocol import EngineFailed
from search.index import drain, generations, outbox, standby
from search.index.models import OutboxRow, StandbyNode, StandbyRow
from search.lookup import memory, ready, service
from tests import elasticsearch
from tests import factories as make
from tests.faults.wire import Wire
from tests.lookup.asking import ask, titles
from tests.waiting import until

pytestmark = pytest.mark.elasticsearch
#: As readers wait; other tests wait longer.
PATIENCE, BUDGET = guarded.PATIENCE, service.BUDGET


@pytest.fixture
def search_engine() -> str:
    return "elasticsearch"


@pytest.fixture
def wire(index, settings, monkeypatch):
    """The wire to Elasticsearch, with one article on either side of it."""
    monkeypatch.setattr(memory, "MOST", 0)
    monkeypatch.setattr(guarded, "PATIENCE", PATIENCE)
    monkeypatch.setattr(service, "BUDGET", BUDGET)
    made = Wire(elasticsearch.address())
    settings.ELASTICSEARCH_URL = made.url
    settings.ELASTICSEARCH_TIMEOUT = 0.8
    generations.forget()
    generations._guarded.clear()
    standby.follow()
    make.article("Otters", body="otter")
    index.drain()
    standby.follow()
    assert until(lambda: ask("otter").as_of is None, seconds=30)
    yield made
    made.state = "whole"
    made.close()
    generations._guarded.clear()


@pytest.mark.parametrize("fault", ["cut", "held"])
def test_the_standby_answers_with_the_time_of_its_content(wire, fault):
    wire.cut() if fault == "cut" else setattr(wire, "state", fault)
    found = ask("otter")
    assert titles(found) == ["Otters"]
    assert found.as_of is not None
    wire.state = "whole"
    assert until(lambda: ask("otter").as_of is None, seconds=30)


def test_page_desk_and_api_say_so(wire, client):
    wire.cut()
    assert "The search engine is away" in client.get("/en/search/?q=otter").content.decode()
    assert client.get("/api/v1/search?q=otter").json()["as_of"]
    assert client.get("/api/v1/suggest?q=otte").json()["suggestions"]
    assert client.get("/readyz").json()["parts"]["index"]["detail"]["engine"] == "away"
    client.force_login(make.user(group="Agents"))
    shown = client.get("/desk/search", {"q": "otter"}).json()["html"]
    assert "The search engine is away" in shown


def test_what_changes_meanwhile_is_found_there_and_in_the_engine_afterwards(wire, index):
    wire.cut()
    make.article("Beavers", body="beaver")
    drain.drain_all()
    standby.follow()
    assert titles(ask("beaver")) == ["Beavers"]
    assert OutboxRow.objects.exists()
    wire.state = "whole"
    outbox.retry()
    index.drain()
    assert until(lambda: ask("beaver").as_of is None, seconds=30)
    assert titles(ask("beaver")) == ["Beavers"]


def test_nobody_sees_there_what_was_closed_to_him(wire):
    wire.cut()
    entry = Entry.objects.get(title="Otters").specific
    entry.audience = "agents"
    entry.save_revision().publish()
    found = ask("otter", facets=True)  # the standby has not followed yet
    assert (found.total, titles(found)) == (0, [])
    assert not found.facets.get("kind")


def test_a_copy_that_was_lost_is_filled_again(wire, settings):
    shutil.rmtree(Path(settings.INDEX_DIR) / "standby")
    standby._opened.clear()
    standby.follow()
    wire.cut()
    assert titles(ask("otter")) == ["Otters"]


def test_a_node_that_was_silent_for_long_begins_anew(wire):
    StandbyNode.objects.all().delete()
    make.article("Beavers", body="beaver")
    assert not StandbyRow.objects.exists()
    standby.follow()
    wire.cut()
    assert titles(ask("beaver")) == ["Beavers"]


def test_a_web_process_opens_its_copy_before_anybody_needs_it(wire):
    standby._opened.clear()
    wire.state = "held"
    ready.open_all()
    [opened] = standby._opened.values()
    assert opened._words.levels == {0, 2}


def test_an_engine_that_is_too_slow_for_a_search_is_not_asked_again(wire):
    wire.state = "slow"
    breaker = generations.reading(generations.state().name).breaker
    for _ in range(breaker_of.FAILURES):
        breaker.failed("too slow")
    with pytest.raises(EngineFailed):
        breaker._probe()
    assert titles(ask("otter")) == ["Otters"]
    wire.state = "whole"
    assert until(lambda: ask("otter").as_of is None, seconds=30)
