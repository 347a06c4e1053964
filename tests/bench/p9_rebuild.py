"""P9: `rebuild_index` into Elasticsearch, beside `parallel_bulk` of documents that lie ready.

Two kinds of rebuild: with the analysis of texts as it is kept of documents, and (``--anew``) with
every text analysed again.
"""

from __future__ import annotations

import gc
import time
from typing import Any

from .cluster import NoCluster, address, place, site_in
from .site import prepare

GOAL = 0.7
#: By turns, for the machine's speed changes; the median of each counts.
ROUNDS = 3


def run(size: int) -> dict[str, Any]:
    """Documents a second of each, and each kind of rebuild as a share of `parallel_bulk`."""
    try:
        address()
    except NoCluster as missing:
        return {"skipped": str(missing)}
    prepare(size)
    from search.index import rebuild

    from .parity import batches

    ready = [document for batch in batches() for document in batch]
    # A rebuild has no such documents in its memory: the collector is not to look through them.
    gc.collect()
    gc.freeze()
    bulk, kept, anew = [], [], []
    with place() as there:
        _bulk(there, ready)  # a server that has just been started is slow at first
        with site_in(there):
            rebuild.rebuild(anew=True)
            for _ in range(ROUNDS):
                bulk.append(_bulk(there, ready))
                kept.append(_timed(rebuild.rebuild))
                anew.append(_timed(lambda: rebuild.rebuild(anew=True)))
    speeds = {
        name: round(len(ready) / sorted(seconds)[ROUNDS // 2])
        for name, seconds in (
            ("parallel_bulk of ready documents", bulk),
            ("rebuild, analysis kept", kept),
            ("rebuild, all made anew", anew),
        )
    }
    raw, with_kept, all_anew = speeds.values()
    return {
        "articles": len(ready),
        **{name: {"documents/s": speed} for name, speed in speeds.items()},
        "analysis kept / parallel_bulk": round(with_kept / raw, 2),
        "all made anew / parallel_bulk": round(all_anew / raw, 2),
        "goal (analysis kept)": GOAL,
        "reached": with_kept / raw >= GOAL,
    }


def _timed(work: Any) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _bulk(generations: Any, ready: list) -> float:
    """Seconds that the client's own helper takes, until all can be found."""
    import json

    from elasticsearch.helpers import parallel_bulk

    from search.engine import elastic_mapping

    engine = generations.create(f"ready-{time.time_ns()}")
    actions = [
        {
            "_index": engine.writes,
            "_id": str(d.id),
            "_source": json.loads(elastic_mapping.source(d)),
        }
        for d in ready
    ]
    client = generations._connection.working
    started = time.perf_counter()
    for ok, item in parallel_bulk(client, actions, thread_count=2, chunk_size=500):
        if not ok:
            raise RuntimeError(str(item))
    client.indices.refresh(index=engine.writes)
    return time.perf_counter() - started
