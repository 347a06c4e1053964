"""Processes that are killed in the middle lose nothing, and folders that fail harm no save."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.db import connection

from search.engine.embedded import EmbeddedEngine
from search.index import check, drain, engine, generations, outbox, rebuild
from search.index.models import IndexedDocument, OutboxRow
from tests import factories as make
from tests.database import address
from tests.lookup.asking import ask, titles

ROOT = Path(__file__).resolve().parents[2]

_START = """
import time, django
django.setup()
from search.engine.embedded import EmbeddedEngine
from search.index import drain, rebuild
def say(text):
    print(text, flush=True)
"""
#: A drain that stops for long just before, or just after, the engine has taken the changes.
BEFORE = """
def write(self, *args):
    say("here")
    time.sleep(60)
EmbeddedEngine.write = write
drain.drain()
"""
AFTER = """
real = EmbeddedEngine.write
def write(self, *args):
    report = real(self, *args)
    say("here")
    time.sleep(60)
    return report
EmbeddedEngine.write = write
drain.drain()
"""
REBUILD = """
rebuild.BATCH = 2
def progress(done, total):
    if done == 4:
        say("here")
        time.sleep(60)
rebuild.rebuild(progress)
"""


@pytest.fixture
def search_engine() -> str:
    return "embedded"


@pytest.fixture
def otters(django_db_serialized_rollback, transactional_db, index):
    return [make.article(f"Otter {n}", body="otter") for n in range(6)]


@pytest.fixture
def kill(settings):
    """Run a program in a process of its own as far as it says "here", and kill it."""

    def run(program: str) -> None:
        process = subprocess.Popen(
            [sys.executable, "-c", _START + program],
            cwd=ROOT,
            env={
                **os.environ,
                "DATABASE_URL": address(),
                "VAR_DIR": str(settings.INDEX_DIR.parent),
                "DJANGO_SETTINGS_MODULE": "cms.settings.test",
            },
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout
        assert process.stdout.readline().strip() == "here"
        process.kill()
        process.wait(10)
        process.stdout.close()

    return run


@pytest.mark.parametrize("program", [BEFORE, AFTER], ids=["before the write", "after it"])
def test_a_drain_that_was_killed_is_done_again(otters, kill, program):
    waiting = OutboxRow.objects.count()
    kill(program)
    assert OutboxRow.objects.count() == waiting
    drain.drain_all()
    assert not OutboxRow.objects.exists()
    assert check.compare(engine()) == []
    assert ask("otter", limit=20).total == 6


def test_a_rebuild_that_was_killed_leaves_the_index_serving_and_is_done_again(otters, kill):
    drain.drain_all()
    before = generations.state().name
    kill(REBUILD)
    assert generations.state().name == before
    assert ask("otter", limit=20).total == 6
    otters[0].unpublish()
    drain.drain_all()
    assert rebuild.rebuild() == 5
    assert generations.state().name != before
    assert check.compare(engine()) == []


def test_two_drains_at_once_do_nothing_twice(otters, monkeypatch):
    drain.drain_all()
    for otter in otters:
        otter.title += " again"
        otter.save_revision().publish()
    written: list[int] = []
    write = EmbeddedEngine.write

    def counted(self, documents, deletes=()):
        documents = list(documents)
        written.extend(d.id for d in documents)
        return write(self, documents, deletes)

    monkeypatch.setattr(EmbeddedEngine, "write", counted)

    def work() -> None:
        while outbox.anything_waits():
            drain.drain(2)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(written) == sorted(otter.pk for otter in otters)
    assert check.compare(engine()) == []


def test_a_folder_that_is_gone_harms_no_save_and_no_reader(otters, client):
    drain.drain_all()
    assert ask("otter", limit=20).total == 6
    shutil.rmtree(engine().folder)
    otters[0].title = "Otter at sea"
    otters[0].save_revision().publish()
    assert drain.drain_entries([otters[0].pk]) == 0
    assert OutboxRow.objects.exists()
    assert client.get("/en/search/?q=otter").status_code == 200
    assert "Otter at sea" in titles(ask("otter", limit=20))
    generations.forget()  # as in a process that starts now: titles are all there is
    found = ask("otter", limit=20)
    assert len(found.hits) == 6
    assert found.as_of is not None
    rebuild.rebuild()
    drain.drain_all()
    assert titles(ask("sea"))[0] == "Otter at sea"
    assert check.compare(engine()) == []


def test_a_lost_index_is_said_to_be_lost_and_mended(otters):
    from django.core.management import CommandError, call_command

    drain.drain_all()
    shutil.rmtree(engine().folder)
    generations.forget()
    with pytest.raises(CommandError, match="index_check --mend"):
        call_command("index_check", verbosity=0)
    call_command("index_check", mend=True, verbosity=0)
    assert IndexedDocument.objects.count() == 6
    assert ask("otter", limit=20).total == 6
