"""An import in a process of its own that is killed in the middle, and run again."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest
from django.conf import settings
from django.db import connection

#: More than one batch: what is saved together is there together.
FILES = 300
#: The database of the tests is copied, which a transaction of this one would prevent.
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def docs(tmp_path):
    root = tmp_path / "docs"
    root.mkdir()
    for number in range(FILES):
        near = (number + 1) % FILES
        text = f"# Kettle {number}\n\nDescale **it** as [next](k{near}.md#how).\n\n## How\n"
        (root / f"k{number}.md").write_text(text)
    return root


@pytest.fixture
def site(tmp_path, transactional_db, django_db_serialized_rollback):
    """A folder with an empty, migrated database, and the command line for it."""
    if connection.vendor != "sqlite":
        pytest.skip("copies the database of the tests, which must be SQLite")
    var = tmp_path / "var"
    var.mkdir()
    with closing(sqlite3.connect(var / "zhida.sqlite3")) as copy:
        connection.ensure_connection()
        connection.connection.backup(copy)
    env = {**os.environ, "VAR_DIR": str(var), "DJANGO_SETTINGS_MODULE": "cms.settings.development"}
    env |= {"DATABASE_URL": "", "ELASTICSEARCH_URL": "", "EMBEDDINGS": "off"}

    def start(*args):
        command = [sys.executable, "manage.py", *map(str, args)]
        return subprocess.Popen(
            command, env=env, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True
        )

    return var / "zhida.sqlite3", start


def rows(database, query):
    with closing(sqlite3.connect(database, timeout=30)) as opened:
        return opened.execute(query).fetchall()


CALL = ("--locale", "en", "--category", "manual")
ENTRIES = "SELECT COUNT(*) FROM content_entry"


def kill_when(start, docs, database, least):
    """Kill an import as soon as ``least`` entries are there; returns how many are in the end."""
    broken = start("import_articles", docs, *CALL)
    while broken.poll() is None and rows(database, ENTRIES)[0][0] < least:
        time.sleep(0.01)
    broken.send_signal(signal.SIGKILL)
    assert broken.wait() == -signal.SIGKILL
    return rows(database, ENTRIES)[0][0]


def complete(start, docs, database):
    """Run the import again, to its end; returns what it said."""
    out, _ = start("import_articles", docs, *CALL).communicate()
    assert not rows(database, "SELECT 1 FROM search_index_outboxrow")
    checked, _ = start("index_check").communicate()
    assert f"agree: {FILES} documents" in checked
    return out


def test_a_killed_import_is_completed_by_the_next_one(docs, site):
    database, start = site
    kept = kill_when(start, docs, database, 1)
    assert 0 < kept < FILES
    out = complete(start, docs, database)
    assert f"{FILES - kept} new, 0 changed, {kept} unchanged, 0 vanished, 0 left out" in out
    pages = rows(
        database,
        "SELECT path, slug, body FROM wagtailcore_page, content_entry WHERE page_ptr_id = id",
    )
    assert len({path for path, _slug, _body in pages}) == FILES
    assert {slug for _path, slug, _body in pages} == {f"k{n}" for n in range(FILES)}
    assert all("(/en/manual/k" in body for _path, _slug, body in pages)
    assert rows(database, "SELECT COUNT(*) FROM wagtailcore_revision")[0][0] >= FILES


def test_an_import_killed_while_the_index_hears_of_it_is_completed_by_the_next_one(docs, site):
    database, start = site
    assert kill_when(start, docs, database, FILES) == FILES
    assert rows(database, "SELECT 1 FROM search_index_outboxrow")
    out = complete(start, docs, database)
    assert f"0 new, 0 changed, {FILES} unchanged, 0 vanished, 0 left out" in out
