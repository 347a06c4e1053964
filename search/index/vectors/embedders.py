"""Chooses embedders by the settings: the one that is wanted, and those that still can be asked."""

from __future__ import annotations

import threading
from functools import lru_cache

from django.conf import settings

from search.meaning import bundled
from search.meaning.bundled import BundledEmbedder
from search.meaning.http import Endpoint, HttpEmbedder
from search.meaning.protocol import Embedder
from search.meaning.queries import QueryVectors

from .models import EmbeddingModel

OFF, BUNDLED = "off", "bundled"

_lock = threading.Lock()
_queries: dict[tuple[str, ...], QueryVectors | None] = {}


def wanted() -> Embedder | None:
    """The embedder that the settings name; None where they name none, or its package is absent."""
    if settings.EMBEDDINGS in ("", BUNDLED):
        return BundledEmbedder() if bundled.is_installed() else None
    if settings.EMBEDDINGS == OFF or not bundled.has_numbers():
        return None
    return _elsewhere(endpoint(settings.EMBEDDINGS_MODEL))


def by_model(model: str) -> Embedder | None:
    """The embedder that has made vectors of this model, where it can still be asked: the wanted
    one, the bundled one, or another model of the same endpoint."""
    if not model or settings.EMBEDDINGS == OFF:
        return None
    candidates = [wanted(), BundledEmbedder() if bundled.is_installed() else None]
    if _is_address(settings.EMBEDDINGS) and bundled.has_numbers():
        former = EmbeddingModel.objects.filter(name=model).values_list("endpoint_model", flat=True)
        candidates += [_elsewhere(endpoint(name)) for name in former]
    return next((e for e in candidates if e is not None and e.model == model), None)


def endpoint(name: str) -> Endpoint:
    """The endpoint of the settings, asked for the model of this name."""
    roles = settings.EMBEDDINGS_ROLES or ("input_type" if not name or "e5" in name else "none")
    return Endpoint(settings.EMBEDDINGS, name, settings.EMBEDDINGS_API_KEY, roles)


def _is_address(text: str) -> bool:
    return text.startswith(("http://", "https://"))


@lru_cache(maxsize=4)
def _elsewhere(asked: Endpoint) -> HttpEmbedder:
    """One a process, with its connections and its breaker. What is known of its vectors' length is
    held against every answer."""
    rows = EmbeddingModel.objects.filter(name=asked.model).values_list("dimensions", flat=True)
    return HttpEmbedder(asked, rows.first() or 0)


def queries(model: str) -> QueryVectors | None:
    """The vectors of queries by this model, remembered in this process."""
    key = (model, settings.EMBEDDINGS, settings.EMBEDDINGS_MODEL, settings.EMBEDDINGS_API_KEY)
    if key not in _queries:
        embedder = by_model(model)
        found = QueryVectors(embedder) if embedder else None
        with _lock:
            _queries.setdefault(key, found)
    return _queries[key]


def is_spared(model: str) -> bool:
    """Whether this process asks the endpoint with this model no more, because it fails."""
    embedder = by_model(model)
    return isinstance(embedder, HttpEmbedder) and embedder.breaker.is_open


def forget() -> None:
    """Let go of what is remembered (tests)."""
    with _lock:
        _queries.clear()
    _elsewhere.cache_clear()
