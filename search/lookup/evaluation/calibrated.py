"""Calibrates a judged set as a site is calibrated: by its documents, never by its queries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from random import Random
from typing import TYPE_CHECKING

from search.engine.protocol import Engine, Filters
from search.lookup.answered.calibrating import Calibration, Sample, calibrate
from search.lookup.answered.making import MOST, language
from search.meaning.protocol import Embedder

from .judged import Document

if TYPE_CHECKING:
    from search.meaning.protocol import Vectors

_SENTENCE = re.compile(r"(?<=[。！？!?])|(?<=\.)\s|\n")
_LONGEST = 200


def calibrated(
    engine: Engine, documents: Sequence[Document], locale: str, embedder: Embedder
) -> Calibration:
    """By the documents, whose ids in the engine are their places; raises `EmbedderFailed`."""

    def nearest(vector: Vectors, only: tuple[int, ...] | None, but: tuple[int, ...]) -> float:
        filters = Filters(ids=only, not_ids=but)
        hits = engine.nearest(vector.tolist(), filters, 1, embedder.model)
        return hits[0].cosine if hits else 0.0

    return calibrate(list(_samples(documents)), language(locale), embedder, nearest)


def _samples(documents: Sequence[Document]) -> Iterator[Sample]:
    """Titles of some documents; of a text without a title its first sentence."""
    numbers = range(len(documents))
    chosen = Random(5).sample(numbers, min(MOST, len(documents)))  # noqa: S311 - a sample
    for number in sorted(chosen):
        document = documents[number]
        parts = (part.strip() for part in _SENTENCE.split(document.text) if part)
        title = document.title or next(filter(None, parts), "")
        if title:
            yield Sample(number, title[:_LONGEST])
