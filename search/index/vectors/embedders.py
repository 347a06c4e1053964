"""Chooses embedders by the settings: the one that is wanted, and those that still can be asked."""

from __future__ import annotations

import threading

from django.conf import settings

from search.meaning import bundled
from search.meaning.bundled import BundledEmbedder
from search.meaning.protocol import Embedder
from search.meaning.queries import QueryVectors

OFF, BUNDLED = "off", "bundled"

_lock = threading.Lock()
_queries: dict[str, QueryVectors] = {}


def wanted() -> Embedder | None:
    """The embedder that the settings name; None where they name none, or its package is absent."""
    if settings.EMBEDDINGS in ("", BUNDLED):
        return BundledEmbedder() if bundled.is_installed() else None
    return None


def by_model(model: str) -> Embedder | None:
    """The embedder that has made vectors of this model, where it can still be asked."""
    if not model or settings.EMBEDDINGS == OFF:
        return None
    embedder = wanted()
    if embedder is not None and embedder.model == model:
        return embedder
    if bundled.is_installed() and BundledEmbedder().model == model:
        return BundledEmbedder()
    return None


def queries(model: str) -> QueryVectors | None:
    """The vectors of queries by this model, remembered in this process."""
    if (found := _queries.get(model)) and settings.EMBEDDINGS != OFF:
        return found
    embedder = by_model(model)
    if embedder is None:
        return None
    with _lock:
        return _queries.setdefault(model, QueryVectors(embedder))


def forget() -> None:
    """Let go of what is remembered (tests)."""
    with _lock:
        _queries.clear()
