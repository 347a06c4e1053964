"""A site heals its index by itself: lost, spoilt, or made by another version of the house."""

from __future__ import annotations

from datetime import timedelta

import pytest
import tantivy
from django.utils import timezone

from search.index import analysis, check, engine, engines, generations, rebuild
from search.index.due import rebuild_due
from search.index.models import IndexGeneration, OutboxRow
from search.index.upkeep import keep_up
from tests import factories as make
from tests.lookup.asking import ask, titles


@pytest.fixture
def otters(index):
    """Three articles in an index that an earlier process has made."""
    made = [make.article(f"Otter {n}", body="otter") for n in range(3)]
    index.drain()
    IndexGeneration.objects.update(started=timezone.now() - timedelta(days=1))
    return made


@pytest.fixture
def now():
    return timezone.now()


def another_schema(name: str) -> None:
    """What an older version has left: an index of the same name with other fields."""
    among = engines.having(name)
    among.destroy(name)
    folder = among.folder / name
    folder.mkdir()
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("title", stored=True)
    tantivy.Index(builder.build(), path=str(folder))
    generations.forget()


def spoil(name: str) -> None:
    (engines.having(name).folder / name / "meta.json").write_text("{")
    generations.forget()


def lose(name: str) -> None:
    engines.having(name).destroy(name)
    generations.forget()


def test_nothing_is_built_where_nothing_is_wrong(index, otters, now):
    before = generations.state().name
    assert keep_up(now) == 0
    assert generations.state().name == before


def test_a_new_site_has_lost_nothing(index, now):
    assert rebuild_due() is None
    generations.state()
    assert rebuild_due() is None
    assert keep_up(now) == 0


@pytest.mark.parametrize("mishap", [another_schema, spoil, lose])
@pytest.mark.parametrize("search_engine", ["embedded"], indirect=True)
def test_an_index_that_cannot_be_read_is_built_anew(index, otters, now, client, mishap):
    broken = generations.state().name
    mishap(broken)
    assert rebuild_due() == "lost"
    otters[0].body = [("markdown", "badger")]
    otters[0].save_revision().publish()

    assert keep_up(now) == 3
    assert rebuild_due() is None
    assert generations.state().name != broken
    index.drain()
    assert check.compare(engine()) == []
    assert titles(ask("badger")) == ["Otter 0"]
    assert ask("otter", limit=20).total == 3


@pytest.mark.parametrize("search_engine", ["embedded"], indirect=True)
def test_pages_are_served_and_readyz_names_the_index_meanwhile(index, otters, client):
    another_schema(generations.state().name)
    assert client.get(otters[0].url).status_code == 200
    answer = client.get("/readyz")
    part = answer.json()["parts"]["index"]
    assert answer.status_code == 200
    assert not part["ok"]
    assert part["detail"]["rebuild_due"] == "lost"


def test_another_analysis_is_answered_from_the_old_index_until_the_new_one_is_there(
    index, otters, now, monkeypatch
):
    monkeypatch.setattr(analysis, "analysed", lambda: "otherwise")
    before = generations.state().name
    found = []
    batches = rebuild._batches
    monkeypatch.setattr(
        rebuild, "_batches", lambda after: found.append(ask("otter").total) or batches(after)
    )
    assert keep_up(now) == 3
    assert found == [3]
    assert generations.state().name != before
    assert ask("otter").total == 3
    assert keep_up(now) == 0


def test_an_index_of_a_newer_version_is_left_to_its_processes(index, otters, now, monkeypatch):
    IndexGeneration.objects.update(started=now + timedelta(seconds=1))
    monkeypatch.setattr(analysis, "analysed", lambda: "otherwise")
    assert rebuild_due() == "analysis"
    assert keep_up(now) == 0


def test_what_another_process_is_building_is_left_to_it(index, otters, now, monkeypatch):
    monkeypatch.setattr(analysis, "analysed", lambda: "otherwise")

    def beside(done: int, total: int) -> None:
        assert keep_up(now) == 0

    assert rebuild.rebuild(beside) == 3
    assert not OutboxRow.objects.exists()


@pytest.mark.parametrize("search_engine", ["embedded"], indirect=True)
def test_searches_look_at_titles_meanwhile_and_say_so(index, otters, client):
    another_schema(generations.state().name)
    page = client.get("/en/search/", {"q": "otter 1"})
    assert page.status_code == 200
    assert "Otter 1" in titles(page.context["results"])
    assert "being prepared" in page.content.decode()
    assert client.get("/en/search/", {"q": "badger"}).status_code == 200
    assert client.get("/api/v1/suggest", {"q": "ott", "locale": "en"}).status_code == 200
