"""Vectors of a judged set's texts, kept in files: to make them takes minutes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from search.engine.protocol import PartVector
from search.index.vectors.passages import Passage
from search.meaning.protocol import Embedder

if TYPE_CHECKING:
    from search.meaning.protocol import Vectors

_AT_ONCE = 16


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


def kept(
    embed: Callable[[Sequence[str]], Vectors],
    name: str,
    texts: Sequence[str],
    folder: Path,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Vectors:
    """The (n, dimensions) vectors of texts: from the file of ``name`` and these texts, or made."""
    import numpy as np

    digest = hashlib.sha1("\0".join([name, *texts]).encode(), usedforsecurity=False).hexdigest()
    path = folder / f"{digest}.npy"
    try:
        return np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        pass  # not there, or not whole
    some = []
    for start in range(0, len(texts), _AT_ONCE):
        some.append(embed(texts[start : start + _AT_ONCE]))
        progress(min(start + _AT_ONCE, len(texts)), len(texts))
    made = np.concatenate(some)
    folder.mkdir(parents=True, exist_ok=True)
    np.save(path, made)
    return made
