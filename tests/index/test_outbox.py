"""What changes is told to the engine, once, in order, whatever fails meanwhile."""

from __future__ import annotations

import time
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from content.signals import entries_changed
from search.engine.protocol import EngineFailed
from search.index import background, check, documents, engine, engines, generations, standby
from search.index.models import IndexedDocument, OutboxRow
from search.index.signals import entries_indexed
from tests import factories as make
from tests.lookup.asking import ask, titles
from tests.waiting import until


def test_a_publication_is_a_row_and_the_drain_takes_it_off(index):
    entry = make.article("Otters", body="otter")
    assert OutboxRow.objects.filter(entry_id=entry.pk).exists()
    assert ask("otter").total == 0
    index.drain()
    assert not OutboxRow.objects.exists()
    row = IndexedDocument.objects.get(pk=entry.pk)
    assert dict(engine().versions()) == {entry.pk: row.version}
    assert row.revision_id == entry.live_revision_id


def test_those_who_listen_hear_what_was_indexed(index):
    heard = []

    def listen(ids, **_):
        heard.append(ids)

    entries_indexed.connect(listen)
    entry = make.article("Otters")
    index.drain()
    entries_indexed.disconnect(listen)
    assert frozenset({entry.pk}) in heard


def test_a_failing_engine_keeps_the_row_and_waits_longer_each_time(index, monkeypatch):
    def fail(*_):
        raise EngineFailed("the disk is full")

    make.article("Otters", body="otter")
    with monkeypatch.context() as broken:
        broken.setattr(type(engine()), "write", fail)
        assert index.drain() == 0
        row = OutboxRow.objects.latest("id")
        assert row.attempts == 1
        assert row.not_before > timezone.now()
        assert "disk is full" in row.last_error
    OutboxRow.objects.update(not_before=timezone.now() - timedelta(seconds=1))
    index.drain()
    assert ask("otter").total == 1


def test_a_poisoned_entry_blocks_no_other(index, monkeypatch):
    bad = make.article("Bad", body="otter")
    make.article("Good", body="otter")
    texts_of = documents.texts_of

    def sometimes(entries, around):
        if any(entry.pk == bad.pk for entry in entries):
            raise ValueError("broken body")
        return texts_of(entries, around)

    monkeypatch.setattr(documents, "texts_of", sometimes)
    index.drain()
    assert titles(ask("otter")) == ["Good"]
    assert set(OutboxRow.objects.values_list("entry_id", flat=True)) == {bad.pk}


def test_an_older_delivery_does_not_bring_old_text_back(index):
    entry = make.article("Otters", body="otter")
    old = documents.build({entry.pk: 1})[0]
    index.drain()
    entry.body = [("markdown", "beaver")]
    entry.save_revision().publish()
    index.drain()
    assert engine().write([old.document]).stale == {entry.pk}
    assert ask("beaver").total == 1


def test_a_new_title_phrasing_slug_and_category_are_found(index):
    entry = make.article("Otters", body="otter")
    index.drain()
    entry.title = "Beavers"
    entry.save_revision().publish()
    other = make.category("Rodents")
    entry.refresh_from_db()
    entry.move(other, pos="last-child")
    index.drain()
    assert ask("beavers", category=other.pk).total == 1
    assert check.compare(engine()) == []


def test_check_finds_a_lost_row_and_mends_it(index):
    lost = make.article("Otters", body="otter")
    make.article("Beavers", body="beaver")
    index.drain()
    lost.body = [("markdown", "badger")]
    lost.save_revision().publish()
    OutboxRow.objects.all().delete()
    with pytest.raises(CommandError, match="differ in 1"):
        call_command("index_check", stdout=StringIO())
    out = StringIO()
    call_command("index_check", mend=True, stdout=out)
    assert "Mended 1 of 1" in out.getvalue()
    assert ask("badger").total == 1


def test_check_finds_what_is_missing_left_over_and_unconfirmed(index):
    one, two, three = (make.article(f"Otter {n}") for n in range(3))
    index.drain()
    name = generations.state().name
    from search.engine.protocol import Deletion

    generations.opened(name).write([], [Deletion(one.pk, 10_000)])
    two.unpublish()
    OutboxRow.objects.all().delete()
    IndexedDocument.objects.filter(pk=three.pk).delete()
    found = {(d.entry_id, d.what) for d in check.compare(engine())}
    assert found == {(one.pk, "missing"), (two.pk, "left over"), (three.pk, "unconfirmed")}


def test_an_index_that_was_lost_is_mended(index):
    make.article("Otters", body="otter")
    index.drain()
    name = generations.state().name
    engines.having(name).destroy(name)
    generations.forget()
    call_command("index_check", mend=True, stdout=StringIO())
    assert ask("otter").total == 1


@pytest.mark.alone
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_publication_is_found_soon_without_being_asked(index, settings):
    settings.INDEX_DRAIN = "thread"
    make.article("Warm", body="warm")
    took = []
    for number in range(4):
        entry = make.article(f"Otters {number}", body=f"otter{number}", live=False)
        background._drainer.idle.wait(5)
        revision = entry.save_revision()
        started = time.monotonic()
        revision.publish()
        while not ask(f"otter{number}").total and time.monotonic() - started < 5:
            time.sleep(0.01)
        took.append(time.monotonic() - started)
    _be_still(settings)
    assert max(took) < 5


@pytest.mark.alone
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_an_editor_is_answered_before_the_engine_is_told(index, settings, client):
    settings.INDEX_DRAIN = "thread"
    article = make.article("Otters", body="otter")
    assert until(lambda: ask("otter").total == 1)
    background._drainer.idle.wait(5)
    idle = []

    def look(**_):
        transaction.on_commit(lambda: idle.append(background._drainer.idle.is_set()))

    entries_changed.connect(look)
    try:
        client.force_login(make.user(group="Reviewers"))
        answer = client.post(f"/admin/pages/{article.pk}/unpublish/")
    finally:
        entries_changed.disconnect(look)
    assert answer.status_code == 302
    assert idle == [True]
    assert until(lambda: ask("otter").total == 0 and not OutboxRow.objects.exists())
    _be_still(settings)


def test_a_request_whose_end_is_not_told_loses_no_change(monkeypatch, settings):
    settings.INDEX_DRAIN = "thread"
    background._begun()
    background.kick()
    woken = []
    monkeypatch.setattr(background, "kick", lambda: woken.append(background._request.under_way))
    background._begun()
    background._answered()
    assert woken == [False]


def _be_still(settings) -> None:
    settings.INDEX_DRAIN = "off"
    background._drainer.idle.wait(5)
    if standby.is_wanted():
        standby._following[1].join(15)
