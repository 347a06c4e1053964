"""How a document lies in tantivy: one field a list of tokens, and what can be filtered by."""

import tantivy

from .fields import AGENTS, AGENTS_LEVEL, CUSTOMERS, CUSTOMERS_LEVEL, EXACT, NARROW, SCORED, surface
from .protocol import EngineDocument, Tokens

LEVELS = 4
#: Stands in every scored field, so that an empty one does not move the average length much.
FILLER = "\u00b7"
#: Few documents have text for fewer readers. In those that have none its fields are as long as a
#: usual note, else BM25 would take every real note for far too long.
_NOTE_LENGTH = {"title_words": 8, "words": 40, "title_grams": 30, "grams": 150, "prefixes": 8}
_KEYWORDS = ("family", "locale", "kind", "level", "confidence", "categories", "product", "also_in")


def schema() -> tantivy.Schema:
    """The fields of an index. A change makes old indexes incompatible: they are then rebuilt."""
    builder = tantivy.SchemaBuilder()
    for name in ("id", "version"):
        builder.add_integer_field(name, stored=False, indexed=True, fast=True)
    builder.add_integer_field("published", stored=False, indexed=False, fast=True)
    for name in _KEYWORDS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for prefix in ("", *NARROW):
        for name in SCORED:
            builder.add_text_field(prefix + name, tokenizer_name="whitespace", index_option="freq")
        for name in EXACT:
            builder.add_text_field(prefix + name, tokenizer_name="raw", index_option="basic")
    for level in range(LEVELS):
        builder.add_text_field(surface(level), tokenizer_name="whitespace", index_option="basic")
    return builder.build()


def document(given: EngineDocument) -> tantivy.Document:
    """The engine's form of a document."""
    made = tantivy.Document()
    made.add_integer("id", given.id)
    made.add_integer("version", given.version)
    made.add_integer("published", given.published)
    for name in ("family", "locale", "kind", "confidence"):
        made.add_text(name, getattr(given, name))
    made.add_text("level", str(given.level))
    for name, values in (
        ("categories", map(str, given.categories)),
        ("product", given.products),
        ("also_in", given.also_in),
    ):
        for value in values:
            made.add_text(name, value)
    _add_tokens(made, "", given.text, given.level)
    _add_narrow(made, CUSTOMERS, given.customers, max(given.level, CUSTOMERS_LEVEL))
    _add_narrow(made, AGENTS, given.agents, max(given.level, AGENTS_LEVEL))
    return made


def tombstone(id_: int, version: int) -> tantivy.Document:
    """What is left of a deleted document: it matches no search (it has no level)."""
    made = tantivy.Document()
    made.add_integer("id", id_)
    made.add_integer("version", version)
    return made


def _add_narrow(made: tantivy.Document, prefix: str, tokens: Tokens, level: int) -> None:
    if tokens != Tokens():
        _add_tokens(made, prefix, tokens, level)
        return
    for name, length in _NOTE_LENGTH.items():
        made.add_text(prefix + name, " ".join([FILLER] * length))


def _add_tokens(made: tantivy.Document, prefix: str, tokens: Tokens, level: int) -> None:
    for name in SCORED:
        made.add_text(prefix + name, " ".join((FILLER, *getattr(tokens, name))))
    for name in EXACT:
        for key in getattr(tokens, name):
            made.add_text(prefix + name, key)
    made.add_text(surface(level), " ".join(tokens.surfaces))
