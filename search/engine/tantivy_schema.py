"""How a document lies in tantivy: one field a list of tokens, and what can be filtered by."""

from typing import Any

import tantivy

from .layout import FILLER, KEYS, KEYWORDS, SURFACES, TEXTS, keywords, texts
from .protocol import EngineDocument


def schema() -> tantivy.Schema:
    """The fields of an index. A change makes old indexes incompatible: they are then rebuilt."""
    builder = tantivy.SchemaBuilder()
    for name in ("id", "version"):
        builder.add_integer_field(name, stored=False, indexed=True, fast=True)
    builder.add_integer_field("published", stored=False, indexed=False, fast=True)
    for name in KEYWORDS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in TEXTS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in KEYS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in SURFACES:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
    return builder.build()


SCHEMA = schema()


def fields_of(given: EngineDocument) -> dict[str, Any]:
    """What a document has in each field but its id and version, as JSON can keep it."""
    return {"published": given.published, **keywords(given), **texts(given)}


def document(id_: int, version: int, fields: dict[str, Any] | None) -> tantivy.Document:
    """The engine's form of a document; without fields, what is left of a deleted one: it matches no
    search (it has no level)."""
    made = tantivy.Document()
    made.add_integer("id", id_)
    made.add_integer("version", version)
    for name, values in (_GONE if fields is None else fields).items():
        if isinstance(values, int):
            made.add_integer(name, values)
        elif isinstance(values, str):
            made.add_text(name, values)
        elif name in SURFACES:
            made.add_text(name, " ".join(values))
        else:
            for value in values:
                made.add_text(name, value)
    return made


_GONE = dict.fromkeys(TEXTS, FILLER)
