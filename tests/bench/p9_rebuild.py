"""P9: `rebuild_index` into Elasticsearch, beside `parallel_bulk` of documents that lie ready."""

from __future__ import annotations

import time
from typing import Any

from .cluster import NoCluster, address, place
from .site import prepare

GOAL = 0.7


def run(size: int) -> dict[str, Any]:
    """Documents a second of both, and the share of the time that goes into making documents."""
    try:
        address()
    except NoCluster as missing:
        return {"skipped": str(missing)}
    prepare(size)
    from django.conf import settings

    from search.index import generations, rebuild

    from .parity import batches

    started = time.perf_counter()
    ready = [document for batch in batches() for document in batch]
    making = time.perf_counter() - started
    with place() as generations_there:
        bulk = _bulk(generations_there, ready)
        settings.ELASTICSEARCH_URL = address()
        settings.ELASTICSEARCH_PREFIX = generations_there.cluster.prefix
        settings.ELASTICSEARCH_REPLICAS = "0"
        try:
            started = time.perf_counter()
            count = rebuild.rebuild()
            whole = time.perf_counter() - started
        finally:
            settings.ELASTICSEARCH_URL = ""
            generations.forget()
            rebuild.rebuild()
    ratio = (count / whole) / (len(ready) / bulk)
    return {
        "articles": count,
        "parallel_bulk of ready documents": {"documents/s": round(len(ready) / bulk)},
        "making documents": {"documents/s": round(len(ready) / making)},
        "rebuild": {"documents/s": round(count / whole)},
        "rebuild / parallel_bulk": round(ratio, 2),
        "goal": GOAL,
        "reached": ratio >= GOAL,
    }


def _bulk(generations: Any, ready: list) -> float:
    """Seconds that the client's own helper takes, until all can be found."""
    from elasticsearch.helpers import parallel_bulk

    from search.engine import elastic_mapping

    engine = generations.create("ready")
    actions = [
        {"_index": engine.writes, "_id": str(d.id), "_source": elastic_mapping.source(d)}
        for d in ready
    ]
    client = generations._connection.working
    started = time.perf_counter()
    for ok, item in parallel_bulk(client, actions, thread_count=2, chunk_size=500):
        if not ok:
            raise RuntimeError(str(item))
    client.indices.refresh(index=engine.writes)
    return time.perf_counter() - started
