"""The vectors of a draft's texts, which change with each save and are not kept."""

from __future__ import annotations

from collections.abc import Sequence

from search.engine.protocol import PartVector
from search.meaning.protocol import EmbedderFailed

from . import cache, embedders
from .models import EmbeddingModel
from .passages import Passage

#: Characters of new texts that somebody waits for; what comes after them has no vector.
MOST = 2_500


def vectors(texts: Sequence[Passage], model: str) -> list[PartVector]:
    """Those that are kept, and those of the first `MOST` characters of new texts; the kept ones
    alone where the embedder fails."""
    row = EmbeddingModel.objects.filter(name=model).first()
    embedder = embedders.by_model(model)
    if row is None or embedder is None:
        return []
    found = cache.known(row, [text.digest for text in texts])
    fresh: dict[str, str] = {}
    for text in texts:
        if text.digest not in found and sum(map(len, fresh.values())) < MOST:
            fresh[text.digest] = text.text
    try:
        made = embedder.passages(list(fresh.values())) if fresh else ()
    except EmbedderFailed:
        made = ()
    found |= {d: v.astype("<f4").tobytes() for d, v in zip(fresh, made, strict=False)}
    return [PartVector(t.part, t.level, found[t.digest]) for t in texts if t.digest in found]
