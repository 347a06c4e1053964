"""Vectors of a judged set's texts, kept in files: to make them takes minutes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from search.engine.protocol import PartVector
from search.index.vectors.passages import Passage
from search.meaning.kept import kept
from search.meaning.protocol import Embedder


def parts(
    embedder: Embedder,
    texts: Sequence[Sequence[Passage]],
    folder: Path,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> list[list[PartVector]]:
    """The vectors of each document's passages, kept in ``folder`` by model and texts.

    Raises `EmbedderFailed`.
    """
    distinct = list(dict.fromkeys(passage.text for document in texts for passage in document))
    made = kept(embedder.passages, f"{embedder.model}\0passages", distinct, folder, progress)
    by_text = dict(zip(distinct, made, strict=True))
    return [
        [PartVector(p.part, p.level, by_text[p.text].astype("<f4").tobytes()) for p in document]
        for document in texts
    ]
