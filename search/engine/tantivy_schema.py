"""The embedded index's fields, and documents in their form."""

from collections.abc import Sequence
from functools import lru_cache

import tantivy

from .fields import AGENTS, AGENTS_LEVEL, EXACT, SCORED, surface
from .protocol import EngineDocument, Tokens

LEVELS = 4
KEYWORDS = ("family", "locale", "kind", "products", "confidence", "also_in", "categories")
INTEGERS = ("id", "version", "level", "published")
LONGEST_KEY = 1000

# An empty field would move the average length that BM25 compares with. Fields for all readers get
# one filler; agents-only fields are mostly empty, so their filler has the length of a usual note,
# else every real note would be scored as far too long.
FILLER = "∅"
_NOTE_LENGTH = {"title_words": 8, "words": 40, "title_grams": 30, "grams": 150, "prefixes": 1}


@lru_cache(maxsize=1)
def schema() -> tantivy.Schema:
    """Return the one schema; an index made with another one cannot be opened."""
    builder = tantivy.SchemaBuilder()
    for name in INTEGERS:
        builder.add_integer_field(name, indexed=True, fast=True)
    for name in KEYWORDS:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for prefix in ("", AGENTS):
        for name in EXACT:
            builder.add_text_field(prefix + name, tokenizer_name="raw", index_option="basic")
        for name in SCORED:
            builder.add_text_field(prefix + name, tokenizer_name="whitespace", index_option="freq")
    for level in range(LEVELS):
        builder.add_text_field(surface(level), tokenizer_name="whitespace", index_option="basic")
    return builder.build()


def to_tantivy(document: EngineDocument) -> tantivy.Document:
    """Return the document with all its fields filled."""
    made = tantivy.Document()
    for name in INTEGERS:
        made.add_integer(name, getattr(document, name))
    for name in ("family", "locale", "kind", "confidence"):
        made.add_text(name, getattr(document, name))
    for name in ("products", "also_in", "categories"):
        for value in getattr(document, name):
            made.add_text(name, str(value))
    _add_tokens(made, document.text, "", document.level)
    _add_tokens(made, document.agents, AGENTS, max(document.level, AGENTS_LEVEL))
    return made


def key(text: str) -> str:
    """Return the stored form of an exact key, which must not exceed a term's length."""
    return text[:LONGEST_KEY]


def _add_tokens(made: tantivy.Document, tokens: Tokens, prefix: str, level: int) -> None:
    for name in SCORED:
        values: Sequence[str] = getattr(tokens, name)
        fillers = _NOTE_LENGTH[name] if prefix else 1
        made.add_text(prefix + name, " ".join(values) or " ".join([FILLER] * fillers))
    for name in EXACT:
        for value in getattr(tokens, name):
            made.add_text(prefix + name, key(value))
    if tokens.surfaces:
        made.add_text(surface(level), " ".join(tokens.surfaces))
