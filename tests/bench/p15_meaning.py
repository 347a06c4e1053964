"""P15: vectors made a second, memory of a process, and submitted searches over HTTP with meaning
beside the same without, with 20,000 articles.

Vectors of the first articles are the model's, those of the others made up: where the nearest are
looked for, what they mean takes no time. Queries are computed by the model.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any
from urllib.parse import urlencode

from .http_load import paced
from .questions import questions
from .site import prepare, served
from .timing import percentiles

GOAL_MS = 120.0
ARTICLES, SAMPLED, ASKED = 20_000, 60, 150
#: Visitors, and the searches of each a second.
VISITORS, PACE = 4, 1.0

#: Loads the site, finds something by words, and says how much memory that took; then by meaning.
MEMORY = """
import django; django.setup()
from pathlib import Path
from search.engine.protocol import EngineQuery, Filters, Term
from search.index import generations
from search.index.vectors import query_vector
def memory():
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()[1:]
    found = {line.split(":")[0]: int(line.split()[1]) / 1024 for line in lines}
    return round(found["Private_Clean"] + found["Private_Dirty"]), round(found["Pss"])
state = generations.state()
engine = generations.opened(state.name)
engine.search(EngineQuery(should=(Term("words", "password"),)))
print(*memory())
vector = query_vector("How do I reset my password?", state.model, 60_000)
assert engine.nearest(vector, Filters(locales=("en",)), 100, state.model)
print(*memory())
"""


def run(size: int) -> dict[str, Any]:
    """Rates, MB and milliseconds."""
    from search.index.vectors import embedders

    if embedders.wanted() is None:
        return {"skipped": "requirements-semantic.txt is not installed, or EMBEDDINGS is off"}
    size = min(size, ARTICLES)
    prepare(size)
    made = _made()
    vectors = _made_up()
    words_only, with_meaning = _memory()
    near = _nearest()
    words = _searches(EMBEDDINGS="off")
    both = _searches(EMBEDDINGS="bundled")
    return {
        "articles": size,
        "vectors": vectors,
        "made": made,
        "memory of a process, MB (own, with its share of what is shared)": {
            "by words": words_only,
            "by words and meaning": with_meaning,
        },
        "nearest 100 in the engine, ms": near,
        "submitted search over HTTP, ms": {"by words": words, "by words and meaning": both},
        "goal": GOAL_MS,
        "reached": both["p95"] <= GOAL_MS,
    }


def _made() -> dict[str, Any]:
    """How fast the model makes vectors of articles, on one thread."""
    from content.models import Entry
    from search.index.documents import passages_now
    from search.index.vectors import embedders

    embedder = embedders.wanted()
    assert embedder is not None
    ids = list(Entry.objects.order_by("pk").values_list("pk", flat=True)[:SAMPLED])
    texts = [passage.text for of_entry in passages_now(ids).values() for passage in of_entry]
    embedder.passages(texts[:1])
    started, busy = time.perf_counter(), time.process_time()
    embedder.passages(texts)
    seconds, busy = time.perf_counter() - started, time.process_time() - busy
    return {
        "texts/s": round(len(texts) / seconds, 1),
        "articles/s": round(len(ids) / seconds, 1),
        "articles a second of one processor": round(len(ids) / busy, 1),
        "texts an article": round(len(texts) / len(ids), 1),
    }


def _made_up() -> int:
    """Give every text a vector and build the index with them; returns how many there are."""
    import numpy as np

    from search.index import rebuild
    from search.index.models import IndexedDocument, IndexGeneration
    from search.index.vectors import cache, embedders, progress, spaces

    embedder = embedders.wanted()
    assert embedder is not None
    row, random = spaces.row_of(embedder), np.random.default_rng(1)
    documents = IndexedDocument.objects.values_list("pk", "passages").iterator()
    while some := list(islice(documents, 500)):
        digests = sorted({digest for _, of_entry in some for digest in of_entry})
        missing = sorted(set(digests) - cache.known(row, digests).keys())
        numbers = random.normal(size=(len(missing), row.dimensions)).astype("<f4")
        numbers /= np.linalg.norm(numbers, axis=1, keepdims=True)
        cache.keep(row, {d: v.tobytes() for d, v in zip(missing, numbers, strict=True)})
        progress.note({pk: [row.name] for pk, _ in some})
    rebuild.rebuild(anew=True)
    progress.weigh()
    assert IndexGeneration.objects.filter(model=row.name, by_meaning=True).exists()
    return row.vectors.count()


def _memory() -> Iterator[tuple[int, ...]]:
    done = subprocess.run(
        [sys.executable, "-c", MEMORY],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    return (tuple(int(mb) for mb in line.split()) for line in done.stdout.splitlines()[-2:])


def _nearest() -> dict[str, float]:
    from search.engine.protocol import Filters
    from search.index import generations
    from search.index.vectors import embedders

    state = generations.state()
    engine, embedder = generations.opened(state.name), embedders.wanted()
    assert embedder is not None
    taken = []
    for text, locale, _ in islice(_questions(), 60):
        vector = embedder.queries([text])[0]
        started = time.perf_counter()
        engine.nearest(vector, Filters(locales=(locale,)), 100, state.model)
        taken.append(time.perf_counter() - started)
    return percentiles(taken)


def _searches(**environment: str) -> dict[str, float]:
    """What each of many different questions takes on the results' call, asked once."""
    paths = [
        "/api/v1/search?" + urlencode({"q": text, "locale": locale})
        for text, locale, _ in islice(_questions(), ASKED)
    ]
    with served(**environment) as server:
        warm = [[f"{path}&limit=3" for path in paths[n:12:VISITORS]] for n in range(VISITORS)]
        paced(server.address, warm, PACE)
        asked = [paths[n::VISITORS] for n in range(VISITORS)]
        return percentiles(paced(server.address, asked, PACE))


def _questions() -> Iterator[tuple[str, str, bool]]:
    """One of each class after the other."""
    classes = [each for name, each in questions(ASKED).items() if name != "prefixes"]
    return chain.from_iterable(zip(*classes, strict=True))


if __name__ == "__main__":
    from tests.bench.__main__ import main

    main(["p15"])
