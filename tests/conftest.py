"""Parts that many tests need."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import ExitStack, nullcontext

import pytest
from django.core.cache import cache, caches
from django.db import connection
from django.utils import translation

from search.index import drain, generations
from search.lookup import memory, texts
from search.lookup.signals import observed
from tests import database, elasticsearch


@pytest.fixture(scope="session")
def django_db_keepdb(
    django_db_keepdb, pytestconfig, django_db_blocker, django_db_modify_db_settings
) -> bool:
    """On SQLite a migrated database is put in place before the plugin looks for one."""
    if connection.vendor != "sqlite":
        return django_db_keepdb
    with django_db_blocker.unblock():
        database.put_migrated(pytestconfig.cache.mkdir("migrated"))
    return True


class Index:
    """A real index of its own for one test; nothing is drained unless the test says so."""

    def drain(self) -> int:
        """Tell the engine everything that waits."""
        return drain.drain_all()


@pytest.fixture(autouse=True)
def _nothing_beside_what_is_timed(request) -> Iterator[None]:
    """Tests run beside each other, but for those marked `alone`."""
    folder = request.config.cache.mkdir("beside")
    alone = request.node.get_closest_marker("alone")
    with ExitStack() as held:
        door, room = (held.enter_context((folder / name).open("w")) for name in ("door", "room"))
        # Whoever wants the room for himself holds the door, so that nobody else comes in meanwhile.
        fcntl.flock(door, fcntl.LOCK_EX)
        fcntl.flock(room, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        if not alone:
            fcntl.flock(door, fcntl.LOCK_UN)
        yield
        for lock in (room, door):  # a process that was forked may still hold the file
            fcntl.flock(lock, fcntl.LOCK_UN)


@pytest.fixture(autouse=True)
def _nobody_has_called_yet() -> None:
    """All tests call from one address."""
    caches["limits"].clear()


@pytest.fixture(autouse=True)
def _nobody_has_chosen_a_language() -> None:
    """A page that was asked for leaves its reader's language behind."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _no_page_is_kept_yet() -> None:
    """Each test's database begins with the same ids and versions."""
    caches["pages"].clear()


@pytest.fixture
def search_engine() -> str:
    """The engine of the test; rooms whose behaviour must not depend on it run on each."""
    return "embedded"


@pytest.fixture
def index(db, settings, tmp_path, search_engine) -> Iterator[Index]:
    settings.INDEX_DIR = tmp_path / "index"
    with elasticsearch.configured(settings) if search_engine == "elasticsearch" else nullcontext():
        yield from _fresh()


def _fresh() -> Iterator[Index]:
    cache.clear()
    memory.forget()
    texts.forget()
    generations.forget()
    observed.forget()
    yield Index()
    generations.forget()
