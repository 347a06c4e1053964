"""A change that cannot be indexed is set aside with its reason, shown, and tried again."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from search.engine.elastic import ElasticEngine
from search.engine.embedded import EmbeddedEngine
from search.engine.protocol import EngineFailed
from search.index import check, documents, drain, engine, generations, outbox, rebuild
from search.index.models import IndexedDocument, OutboxRow
from tests import factories as make
from tests.lookup.asking import ask, titles


def due_again() -> None:
    OutboxRow.objects.update(not_before=None)


@pytest.fixture
def broken(index, monkeypatch):
    """An article that cannot be built beside one that can; ``broken.mend()`` cures it."""
    bad = make.article("Bad", body="otter")
    make.article("Good", body="otter")
    texts_of = documents.texts_of

    def sometimes(entries, around):
        if any(entry.pk == bad.pk for entry in entries):
            raise ValueError("broken body")
        return texts_of(entries, around)

    with monkeypatch.context() as patch:
        patch.setattr(documents, "texts_of", sometimes)
        bad.mend = patch.undo
        yield bad


@pytest.fixture
def kind(settings) -> type[EmbeddedEngine] | type[ElasticEngine]:
    """The engine that this site has."""
    return ElasticEngine if settings.ELASTICSEARCH_URL else EmbeddedEngine


def fail_often() -> None:
    for _ in range(outbox.PATIENCE):
        drain.drain_all()
        due_again()


def test_it_is_set_aside_with_its_reason_and_the_others_go_on(index, broken):
    fail_often()
    row = outbox.set_aside().get()
    assert row.entry_id == broken.pk
    assert "broken body" in row.last_error
    assert titles(ask("otter")) == ["Good"]
    assert not generations.state().changes_wait
    assert drain.drain() == 0


def test_an_edit_frees_it(index, broken):
    fail_often()
    broken.mend()
    broken.title = "Mended"
    broken.save_revision().publish()
    index.drain()
    assert not OutboxRow.objects.exists()
    assert set(titles(ask("otter"))) == {"Good", "Mended"}


def test_the_admin_shows_it_and_tries_it_again(index, broken, client):
    fail_often()
    client.force_login(make.user(group="Administrators"))
    page = client.get(reverse("set_aside"))
    assert b"broken body" in page.content
    assert b"Bad" in page.content
    broken.mend()
    after = client.post(reverse("set_aside"), follow=True)
    assert b"1 change indexed" in after.content
    assert not OutboxRow.objects.exists()
    assert set(titles(ask("otter"))) == {"Good", "Bad"}


def test_who_may_not_publish_is_not_shown_it(index, broken, client):
    fail_often()
    client.force_login(make.user(group="Agents"))
    assert b"broken body" not in client.get(reverse("set_aside"), follow=True).content


def test_a_document_that_the_engine_refuses_is_set_aside(index, kind, monkeypatch):
    bad = make.article("Bad", body="otter")
    make.article("Good", body="otter")
    write = kind.write

    def refuse(self, documents, deletes=()):
        documents = list(documents)
        if any(d.id == bad.pk for d in documents):
            raise EngineFailed("a token is too long")
        return write(self, documents, deletes)

    with monkeypatch.context() as patch:
        patch.setattr(kind, "write", refuse)
        fail_often()
    assert outbox.set_aside().get().entry_id == bad.pk
    assert titles(ask("otter")) == ["Good"]


def test_an_engine_that_refuses_everything_sets_nothing_aside(index, kind, monkeypatch):
    make.article("Otters", body="otter")

    def fail(*_):
        raise EngineFailed("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(kind, "write", fail)
        fail_often()
        fail_often()
    assert not outbox.set_aside().exists()
    row = OutboxRow.objects.latest("id")
    assert row.not_before is None or row.not_before <= timezone.now() + outbox.LONGEST_OUTAGE
    due_again()
    index.drain()
    assert ask("otter").total == 1


def test_what_cannot_be_built_and_was_narrowed_is_counted_no_more(index, monkeypatch):
    entry = make.article("Secret", body="otter")
    index.drain()
    entry.audience = "agents"
    entry.save_revision().publish()
    monkeypatch.setattr(documents, "texts_of", lambda entries, around: 1 / 0)
    fail_often()
    assert outbox.set_aside().exists()
    assert dict(engine().versions()) == {}
    found = ask("otter", facets=True)
    assert (found.total, found.facets.get("kind", ())) == (0, ())


def test_a_rebuild_leaves_out_what_cannot_be_built(index, broken):
    fail_often()
    assert rebuild.rebuild() == 1
    assert titles(ask("otter")) == ["Good"]


def test_a_row_committed_after_a_younger_one_is_not_lost(index):
    entry = make.article("Otters", body="otter")
    index.drain()
    late = OutboxRow.objects.create(entry_id=entry.pk)
    number = late.pk
    late.delete()
    OutboxRow.objects.create(entry_id=entry.pk)
    index.drain()
    entry.body = [("markdown", "beaver")]
    entry.save_revision().publish()
    OutboxRow.objects.all().delete()
    OutboxRow.objects.create(pk=number, entry_id=entry.pk)
    for _ in range(3):
        index.drain()
        due_again()
    assert ask("beaver").total == 1
    assert check.compare(engine()) == []
    assert IndexedDocument.objects.get(pk=entry.pk).version > number
