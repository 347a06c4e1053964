"""Asks Elasticsearch for the nearest vectors, and reads its answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .elastic_mapping import vectors_of
from .elastic_query import numbers, passing
from .protocol import Filters, NearHit

#: Documents fetched beyond the limit, to see whether more tie with the last.
TIES = 5
#: Vectors looked at in each shard for each document asked for, at least and at most. Where the
#: filter lets no more pass than these, Elasticsearch looks at all of them.
CANDIDATES, FEWEST, MOST = 4, 200, 10_000
#: What a part among given documents stands for: documents have about so many.
PARTS = 12


def bodies(vector: Sequence[float], filters: Filters, limit: int) -> list[dict[str, Any]]:
    """A request for each level that the reader may read."""
    wanted = min(limit, len(filters.ids)) if filters.ids is not None else limit
    each = PARTS if filters.ids is not None else CANDIDATES
    count = min(MOST, wanted + TIES)
    asked = [float(number) for number in vector]
    return [
        {
            "knn": {
                "field": f"{vectors_of(level)}.vector",
                "query_vector": asked,
                "k": count,
                "num_candidates": min(MOST, max(FEWEST, count, each * wanted)),
                "filter": passing(filters),
                "inner_hits": {
                    "size": 1,
                    "_source": False,
                    "docvalue_fields": [f"{vectors_of(level)}.part"],
                },
            },
            "size": count,
            "track_total_hits": False,
            **numbers(),
        }
        for level in range(filters.level + 1)
    ]


def hits(answers: Iterable[Mapping[str, Any]]) -> tuple[NearHit, ...]:
    """The best part of each document over the levels, by cosine and then by id."""
    best: dict[int, NearHit] = {}
    for level, answer in enumerate(answers):
        for found in answer["hits"]["hits"]:
            hit = _hit(found, vectors_of(level))
            if hit.id not in best or best[hit.id].cosine < hit.cosine:
                best[hit.id] = hit
    return tuple(sorted(best.values(), key=lambda hit: (-round(hit.cosine, 5), hit.id)))


def _hit(found: Mapping[str, Any], field: str) -> NearHit:
    [part] = found["inner_hits"][field]["hits"]["hits"]
    about = found["fields"]
    # A cosine c scores (1 + c) / 2.
    return NearHit(
        about["id"][0],
        about["version"][0],
        part["fields"][f"{field}.part"][0],
        2 * float(found["_score"]) - 1,
    )
