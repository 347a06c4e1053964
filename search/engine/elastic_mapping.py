"""How a document lies in Elasticsearch: explicit fields, strict, analysed at white space only."""

import sys
from array import array
from collections import defaultdict
from typing import Any

from elasticsearch.dsl import DenseVector, Keyword, Long, Mapping, Nested, Text

from .layout import (
    FILLER,
    KEYS,
    KEYWORDS,
    LEVELS,
    SURFACES,
    TEXTS,
    as_json,
    keywords,
    laid_out,
)
from .protocol import Deletion, EngineDocument, VectorSpace

#: Lucene refuses terms of more bytes than 32,766; a character may take four.
LONGEST_KEY = 8191
_SIMILARITY = {"words": {"type": "BM25", "k1": 1.2, "b": 0.75}}


#: Whose vectors an index keeps, in the `_meta` of its mapping.
SPACE = "vectors_of"


def vectors_of(level: int) -> str:
    """The nested field with the parts that readers of `level` and above may meet."""
    return f"vectors_{level}"


def mappings(space: VectorSpace | None = None) -> dict[str, Any]:
    """The fields of an index. Documents are never read back from it: it keeps no source.

    Vectors lie inside their document, so that they come and go with it, in nested fields by level:
    a filter inside the search of vectors sees the document, not its parts. They are kept whole, so
    that cosines are the same as the embedded engine's.
    """
    made = Mapping()
    made.meta("dynamic", "strict")
    made.meta("_source", enabled=False)
    for name in ("id", "version"):
        made.field(name, Long())
    made.field("published", Long(index=False))
    for name in KEYWORDS:
        made.field(name, Keyword())
    for name in TEXTS:
        made.field(
            name, Text(analyzer="whitespace", similarity="words", index_options="freqs", norms=True)
        )
    for name in KEYS:
        made.field(name, Keyword(doc_values=False, ignore_above=LONGEST_KEY))
    for name in SURFACES:
        made.field(name, Keyword(index=False, ignore_above=LONGEST_KEY))
    if space:
        made.meta("_meta", **{SPACE: {"model": space.model, "dimensions": space.dimensions}})
        vector = DenseVector(
            dims=space.dimensions, index=True, similarity="cosine", index_options={"type": "hnsw"}
        )
        for level in range(LEVELS):
            parts = {"part": Keyword(index=False), "vector": vector}
            made.field(vectors_of(level), Nested(dynamic="strict", properties=parts))
    return made.to_dict()


def space_of(mapping: dict[str, Any]) -> VectorSpace | None:
    """Whose vectors an index with this mapping keeps."""
    told = mapping.get("_meta", {}).get(SPACE)
    return VectorSpace(told["model"], told["dimensions"]) if told else None


def settings(shards: int, replicas: str) -> dict[str, Any]:
    """Settings of an index. Every write says itself when it is to be seen."""
    copies = (
        {"number_of_replicas": int(replicas)}
        if replicas.isdigit()
        else {"auto_expand_replicas": replicas}
    )
    return {
        "number_of_shards": shards,
        **copies,
        "refresh_interval": "-1",
        "similarity": _SIMILARITY,
    }


def source(given: EngineDocument, space: VectorSpace | None = None) -> bytes:
    """The body of a document as JSON, with its vectors of this space."""
    body: dict[str, Any] = {"id": given.id, "version": given.version, "published": given.published}
    body.update(keywords(given))
    parts: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for part in given.vectors.get(space.model, ()) if space else ():
        parts[vectors_of(part.level)].append({"part": part.part, "vector": _floats(part.vector)})
    # Two objects made one: the greater lies ready where a document is sent again.
    return as_json({**body, **parts})[:-1] + b"," + laid_out(given)[1:]


def _floats(vector: bytes) -> list[float]:
    numbers = array("f", vector)
    if sys.byteorder == "big":
        numbers.byteswap()
    # Seven digits are all that a 32-bit float has.
    return [float(f"{number:.7g}") for number in numbers]


def tombstone(given: Deletion) -> bytes:
    """What is left of a deleted document: it matches no search (it has no level)."""
    return as_json({"id": given.id, "version": given.version, **dict.fromkeys(TEXTS, FILLER)})
