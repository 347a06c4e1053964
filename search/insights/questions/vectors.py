"""Vectors of wordings: each made once by each model, and kept."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

import numpy as np

from search.index.vectors import embedders
from search.meaning.protocol import Embedder, EmbedderFailed
from search.text.folding import simplify

from .models import QuestionText, TextVector

log = logging.getLogger(__name__)
#: Texts whose vectors are made, and kept, at a time.
BATCH = 64
_READ = 5_000


def vectors_of(texts: Sequence[QuestionText], say: Callable[[int, int], None]) -> np.ndarray | None:
    """(n, dimensions) vectors of ``texts``; None where the site has no embedder or it fails.

    ``say`` hears how many of those that were missing have been made.
    """
    embedder = embedders.wanted()
    if embedder is None:
        return None
    try:
        _make(embedder, texts, say)
    except EmbedderFailed as error:
        log.warning("Questions are grouped by words: %s", error)
        return None
    place = {text.pk: number for number, text in enumerate(texts)}
    made = np.zeros((len(texts), embedder.dimensions), np.float32)
    rows = TextVector.objects.filter(model=embedder.model).values_list("text_id", "vector")
    for text_id, vector in rows.iterator(_READ):
        if text_id in place:
            made[place[text_id]] = np.frombuffer(vector, "<f4")
    return made


def _make(
    embedder: Embedder, texts: Sequence[QuestionText], say: Callable[[int, int], None]
) -> None:
    have = set(
        TextVector.objects.filter(model=embedder.model).values_list("text_id", flat=True).iterator()
    )
    missing = [text for text in texts if text.pk not in have]
    for start in range(0, len(missing), BATCH):
        batch = missing[start : start + BATCH]
        vectors = embedder.queries([simplify(text.text) for text in batch])
        TextVector.objects.bulk_create(
            [
                TextVector(text=text, model=embedder.model, vector=vector.astype("<f4").tobytes())
                for text, vector in zip(batch, vectors, strict=True)
            ],
            ignore_conflicts=True,
        )
        say(start + len(batch), len(missing))
