"""How a document lies in Elasticsearch: explicit fields, strict, analysed at white space only."""

from collections import defaultdict
from typing import Any

from elasticsearch.dsl import Keyword, Long, Mapping, Text

from .layout import FILLER, KEYS, KEYWORDS, SURFACES, TEXTS, keys, keywords, token_fields
from .protocol import Deletion, EngineDocument

#: Lucene refuses terms of more bytes than 32,766; a character may take four.
LONGEST_KEY = 8191
_SIMILARITY = {"words": {"type": "BM25", "k1": 1.2, "b": 0.75}}


def mappings() -> dict[str, Any]:
    """The fields of an index. Documents are never read back from it: it keeps no source."""
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
    return made.to_dict()


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


def source(given: EngineDocument) -> dict[str, Any]:
    """The body of a document."""
    body: dict[str, Any] = {"id": given.id, "version": given.version, "published": given.published}
    body.update(keywords(given))
    body.update((name, list(values)) for name, values in keys(given))
    surfaces: defaultdict[str, list[str]] = defaultdict(list)
    for name, tokens in token_fields(given):
        if name in SURFACES:
            surfaces[name] += tokens.split(" ")
        else:
            body[name] = tokens
    return {**body, **surfaces}


def tombstone(given: Deletion) -> dict[str, Any]:
    """What is left of a deleted document: it matches no search (it has no level)."""
    return {"id": given.id, "version": given.version, **dict.fromkeys(TEXTS, FILLER)}
