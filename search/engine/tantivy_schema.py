"""How a document lies in tantivy: one field a list of tokens, and what can be filtered by."""

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


def document(given: EngineDocument) -> tantivy.Document:
    """The engine's form of a document."""
    made = _numbered(given.id, given.version)
    made.add_integer("published", given.published)
    for name, values in (keywords(given) | texts(given)).items():
        if isinstance(values, str):
            made.add_text(name, values)
        elif name in SURFACES:
            made.add_text(name, " ".join(values))
        else:
            for value in values:
                made.add_text(name, value)
    return made


def tombstone(id_: int, version: int) -> tantivy.Document:
    """What is left of a deleted document: it matches no search (it has no level)."""
    made = _numbered(id_, version)
    for name in TEXTS:
        made.add_text(name, FILLER)
    return made


def _numbered(id_: int, version: int) -> tantivy.Document:
    made = tantivy.Document()
    made.add_integer("id", id_)
    made.add_integer("version", version)
    return made
