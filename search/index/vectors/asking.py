"""The vector of what somebody asks, within a reader's patience."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from search.text.folding import simplify

from . import embedders

if TYPE_CHECKING:
    from search.meaning.protocol import Vectors


def expect_vector(text: str, model: str) -> bool:
    """Begin with the vector of a query that `query_vector` will be asked for; returns whether it
    is under way, which it is not where it is remembered."""
    asked = embedders.queries(model) if model and text.strip() else None
    return asked is not None and asked.expect(simplify(text))


def query_vector(text: str, model: str, milliseconds: float | None = None) -> Vectors | None:
    """Return the (dimensions,) vector of a query by the model of the generation in use
    (`generations.State.model`); None where it is not there in time.

    Waits `SEARCH_MEANING_WAIT_MS` at most, or as long as is said; what comes later is remembered
    for the next search.
    """
    asked = embedders.queries(model) if model and text.strip() else None
    if asked is None:
        return None
    wait = settings.SEARCH_MEANING_WAIT_MS if milliseconds is None else milliseconds
    return asked.within(simplify(text), wait)
