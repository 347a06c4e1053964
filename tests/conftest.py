"""Parts that many tests need."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache, caches

from search.index import drain, generations
from search.lookup import memory, texts


class Index:
    """A real index of its own for one test; nothing is drained unless the test says so."""

    def drain(self) -> int:
        """Tell the engine everything that waits."""
        return drain.drain_all()


@pytest.fixture(autouse=True)
def _nobody_has_called_yet() -> None:
    """All tests call from one address."""
    caches["limits"].clear()


@pytest.fixture
def index(db, settings, tmp_path) -> Iterator[Index]:
    settings.INDEX_DIR = tmp_path / "index"
    cache.clear()
    memory.forget()
    texts.forget()
    generations.forget()
    yield Index()
    generations.forget()
