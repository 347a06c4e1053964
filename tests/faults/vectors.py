"""Compares the vectors that are kept and those in the index with what the embedder makes of the
texts now; prints JSON.

Run as ``python -m tests.faults.vectors`` once the faults are over.
"""

from __future__ import annotations

import json
import time
from typing import Any

#: Seconds that the workers have to make what is lacking; the cosine that counts as the same.
PATIENCE, SAME = 240, 0.999


def settle() -> float:
    """Wait until every document has its vectors and the index has heard of them."""
    from search.index import outbox
    from search.index.vectors import progress

    began = time.monotonic()
    while time.monotonic() - began < PATIENCE:
        now = progress.now()
        if now and not now.lacking and not now.failing and not outbox.anything_waits():
            break
        time.sleep(0.5)
    return round(time.monotonic() - began, 1)


def judge() -> dict[str, Any]:
    """Count what is lacking, what is another model's, and which entries are not found by it."""
    import numpy as np

    from content.audience import Audience
    from search.engine.protocol import Filters
    from search.index import generations
    from search.index.documents import passages_now
    from search.index.models import IndexedDocument
    from search.index.vectors import cache, embedders
    from search.index.vectors.models import EmbeddingModel

    embedder = embedders.wanted()
    assert embedder is not None
    row = EmbeddingModel.objects.get(name=embedder.model)
    passages = passages_now(IndexedDocument.objects.values_list("pk", flat=True))
    texts = {p.digest: p.text for some in passages.values() for p in some}
    kept = cache.known(row, texts)
    there = sorted(kept)
    fresh = embedder.passages([texts[digest] for digest in there])
    ours = np.stack([np.frombuffer(kept[digest], "<f4") for digest in there])
    same = (ours * fresh).sum(axis=1) >= SAME
    state = generations.state()
    engine = generations.reading(state.name)
    everything = Filters(level=Audience.INTERNAL.level)
    lost = 0
    for pk, some in passages.items():
        vector = embedder.passages([some[0].text])[0].tolist()
        near = engine.nearest(vector, everything, len(passages), state.model)
        lost += not any(hit.id == pk and hit.cosine >= SAME for hit in near)
    return {
        "models": EmbeddingModel.objects.count(),
        "texts": len(texts),
        "vectors_lost": len(texts) - len(kept),
        "vectors_of_others": int((~same).sum()),
        "not_nearest_to_itself": lost,
        "served_by_meaning": state.model == embedder.model,
    }


def main() -> None:
    """Print the verdict."""
    import django

    django.setup()
    waited = settle()
    print(json.dumps({**judge(), "vectors_settled_s": waited}))


if __name__ == "__main__":
    main()
