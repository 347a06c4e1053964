"""A new index is built while the old one serves, whatever happens in the meantime."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from search.engine.protocol import EngineFailed
from search.index import (
    analysis,
    building,
    check,
    documents,
    drain,
    engine,
    engines,
    generations,
    outbox,
    rebuild,
)
from search.index.due import rebuild_due
from search.index.models import IndexGeneration, IndexPointer, OutboxRow
from tests import elasticsearch
from tests import factories as make
from tests.lookup.asking import ask, titles


@pytest.fixture
def otters(index, monkeypatch):
    """Six articles in the index, and a rebuild that writes two at a time."""
    made = [make.article(f"Otter {n}", body="otter") for n in range(6)]
    index.drain()
    monkeypatch.setattr(rebuild, "BATCH", 2)
    return made


def names() -> set[str]:
    return {name for _, name in engines.all_generations()}


def test_what_changes_meanwhile_is_in_the_new_index(index, otters):
    before = IndexPointer.objects.get().name

    def meanwhile(done, total):
        if done == 4:
            otters[0].body = [("markdown", "badger")]
            otters[0].save_revision().publish()
            otters[1].unpublish()
            make.article("New", body="badger")
            index.drain()
        if done == 6:
            otters[2].delete()

    assert rebuild.rebuild(meanwhile) == 5
    after = IndexPointer.objects.get()
    assert after.name != before
    assert after.building == ""
    assert check.compare(engine()) == []
    assert ask("badger").total == 2
    assert ask("otter", limit=20).total == 4


def test_the_old_index_is_kept_until_the_next_rebuild(index, otters):
    first = generations.state().name
    rebuild.rebuild()
    second = generations.state().name
    assert names() == {first, second}
    rebuild.rebuild()
    assert names() == {second, generations.state().name}


def test_a_rebuild_that_fails_leaves_the_old_index_in_use(index, otters, monkeypatch):
    before = generations.state()

    def fail(*_, **__):
        raise EngineFailed("no space")

    with monkeypatch.context() as broken:
        broken.setattr(type(engine()), "fill", fail)
        with pytest.raises(CommandError, match="no space"):
            call_command("rebuild_index", stdout=StringIO())
    assert generations.state().name == before.name
    assert ask("otter").total == 6


def test_a_stopped_rebuild_goes_on_where_it_was(index, otters):
    def stop(done, total):
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild.rebuild(stop)
    name = generations.state().building
    otters[0].body = [("markdown", "badger")]
    otters[0].save_revision().publish()
    index.drain()
    seen = []
    assert rebuild.rebuild(lambda done, total: seen.append(done)) == 6
    assert seen == [4, 6]
    assert generations.state().name == name
    assert check.compare(engine()) == []
    assert ask("badger").total == 1


def test_a_stopped_rebuild_can_be_begun_anew(index, otters):
    def stop(done, total):
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild.rebuild(stop)
    name = generations.state().building
    assert rebuild.rebuild(anew=True) == 6
    assert generations.state().name != name
    assert name not in names()


def test_another_analysis_begins_a_stopped_rebuild_anew(index, otters):
    def stop(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild.rebuild(stop)
    name = generations.state().building
    IndexGeneration.objects.filter(name=name).update(analysis="of long ago")
    rebuild.rebuild()
    assert generations.state().name != name


def test_a_second_rebuild_beside_the_first_is_refused_and_hurts_nothing(index, otters):
    refused = []

    def second(done, total):
        if done == 4:
            with pytest.raises(CommandError, match="4 of 6 entries") as error:
                call_command("rebuild_index", anew=True, stdout=StringIO())
            refused.append(error)

    assert rebuild.rebuild(second) == 6
    assert refused
    assert check.compare(engine()) == []


def test_who_was_silent_for_too_long_has_lost_the_work_to_another(index, otters):
    def overtaken(done, total):
        if done == 4:
            row = building.under_way()
            row.beat = timezone.now() - 2 * building.SILENCE
            row.builder = "elsewhere:1:x"
            row.save()
            assert rebuild.rebuild() == 6

    with pytest.raises(rebuild.RebuildFailed, match="Another rebuild"):
        rebuild.rebuild(overtaken)
    assert check.compare(engine()) == []
    assert ask("otter").total == 6


def test_the_work_of_a_killed_process_is_taken_over_at_once(index, otters):
    def die(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild.rebuild(die)
    row = building.under_way()
    row.builder, row.beat = "elsewhere:1:x", timezone.now()
    row.save()
    with pytest.raises(rebuild.RebuildFailed, match="under way"):
        rebuild.rebuild()
    row.builder = row.builder.replace("elsewhere:1", f"{building.socket.gethostname()}:999999999")
    row.save()
    assert rebuild.rebuild() == 6


def test_an_incomplete_index_is_not_put_to_use(index, otters, monkeypatch):
    before = generations.state().name
    monkeypatch.setattr(rebuild, "_read", lambda ids, **how: {})
    monkeypatch.setattr(rebuild.listeners, "promise", lambda ids: None)
    with pytest.raises(CommandError, match="not complete \\(6 differences"):
        call_command("rebuild_index", stdout=StringIO())
    assert generations.state().name == before


def test_what_was_missed_is_told_again_before_the_switch(index, otters, monkeypatch):
    read = rebuild._read
    monkeypatch.setattr(
        rebuild,
        "_read",
        lambda ids, **how: {i: b for i, b in read(ids, **how).items() if i != otters[3].pk},
    )
    assert rebuild.rebuild() == 6
    assert check.compare(engine()) == []


def test_a_drain_that_slept_through_the_switch_takes_nothing_off(index, otters):
    entry = otters[0]
    entry.body = [("markdown", "badger")]
    entry.save_revision().publish()
    asleep = generations.state()
    with outbox.claimed(10) as claimed:
        versions = claimed
    built = {b.document.id: b for b in documents.build(versions)}
    OutboxRow.objects.update(not_before=timezone.now() + timedelta(hours=1))
    rebuild.rebuild()
    assert drain.confirm(versions, built, asleep) == 0
    OutboxRow.objects.update(not_before=None)
    index.drain()
    assert not OutboxRow.objects.exists()
    assert check.compare(engine()) == []
    assert titles(ask("badger")) == ["Otter 0"]


def test_another_analysis_makes_a_rebuild_due(index, otters, client, monkeypatch):
    assert rebuild_due() is None
    monkeypatch.setattr(analysis, "analysed", lambda: "otherwise")
    assert rebuild_due() == "analysis"
    detail = client.get("/readyz").json()["parts"]["index"]
    assert detail["ok"]
    assert detail["detail"]["rebuild_due"] == "analysis"
    rebuild.rebuild()
    assert rebuild_due() is None


def test_the_admin_says_that_a_rebuild_is_due_and_how_far_one_has_come(
    index, otters, admin_client, monkeypatch
):
    home = "/admin/"
    due = "due to be built anew"
    assert due not in admin_client.get(home).content.decode()
    monkeypatch.setattr(analysis, "analysed", lambda: "otherwise")
    page = admin_client.get(home).content.decode()
    assert due in page
    assert "may miss articles" in page

    def stop(done, total):
        if done == 4:
            assert "under way: 4 of 6" in admin_client.get(home).content.decode()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild.rebuild(stop)
    assert "stopped after 4 of 6" in admin_client.get(home).content.decode()
    rebuild.rebuild()
    assert due not in admin_client.get(home).content.decode()


def test_a_rule_of_the_analysis_changes_its_fingerprint(index, monkeypatch):
    before = analysis.fingerprint("embedded-1")
    analysis.analysed.cache_clear()
    monkeypatch.setattr("search.text.analysis.stem", lambda word: word)
    monkeypatch.setattr("search.text.analysis._latin_tokens", _unstemmed)
    assert analysis.fingerprint("embedded-1") != before
    analysis.analysed.cache_clear()


def _unstemmed(chunk):
    return (chunk,), (chunk,), ()


@pytest.mark.elasticsearch
@pytest.mark.parametrize("search_engine", ["embedded"], indirect=True)
def test_a_site_moves_to_elasticsearch_and_back_without_a_gap(index, otters, settings):
    with elasticsearch.configured(settings) as there:
        assert rebuild_due() == "engine"
        assert ask("otter").total == 6
        rebuild.rebuild(lambda done, total: ask("otter").total == 6 or pytest.fail("a gap"))
        assert there.in_use() == generations.state().name
        assert rebuild_due() is None
        assert ask("otter").total == 6
        settings.ELASTICSEARCH_URL = ""
        generations.forget()
        with pytest.raises(EngineFailed, match="ELASTICSEARCH_URL"):
            generations.current()
        rebuild.rebuild()
        assert ask("otters").total == 6
