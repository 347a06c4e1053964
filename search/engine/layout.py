"""How a document lies in an index, whichever engine keeps it: one field a list of tokens.

Both engines take the average length of a field over the documents that have it, so that scores
agree only where every document has every scored field.
"""

import json
from collections.abc import Iterator
from typing import Any

from .fields import AGENTS, AGENTS_LEVEL, CUSTOMERS, CUSTOMERS_LEVEL, EXACT, NARROW, SCORED, surface
from .protocol import EngineDocument, Tokens

#: To be raised where fields of the same names come to lie differently: indexes are then due to be
#: built anew.
VERSION = 1
LEVELS = 4
#: Stands in every scored field, so that an empty one does not move the average length much.
FILLER = "\u00b7"
#: Few documents have text for fewer readers. In those that have none its fields are as long as a
#: usual note, else BM25 would take every real note for far too long.
NOTE_LENGTH = {"title_words": 8, "words": 40, "title_grams": 30, "grams": 150, "prefixes": 8}
#: Compared whole, used to filter and to count.
KEYWORDS = ("family", "locale", "kind", "level", "confidence", "categories", "product", "also_in")
TEXTS = tuple(prefix + name for prefix in ("", *NARROW) for name in SCORED)
KEYS = tuple(prefix + name for prefix in ("", *NARROW) for name in EXACT)
SURFACES = tuple(surface(level) for level in range(LEVELS))

_NO_TOKENS = Tokens()
_NO_NOTE = {name: " ".join([FILLER] * length) for name, length in NOTE_LENGTH.items()}


def keywords(given: EngineDocument) -> dict[str, list[str]]:
    """Return the values of each field of `KEYWORDS`."""
    return {
        "family": [given.family],
        "locale": [given.locale],
        "kind": [given.kind],
        "level": [str(given.level)],
        "confidence": [given.confidence],
        "categories": [str(category) for category in given.categories],
        "product": list(given.products),
        "also_in": list(given.also_in),
    }


def texts(given: EngineDocument) -> dict[str, Any]:
    """Return the tokens of each field of `TEXTS`, with blanks between them, and the lists of values
    of the fields of `KEYS` and `SURFACES` that have any."""
    if given.laid_out:
        return json.loads(given.laid_out)
    found: dict[str, Any] = {}
    for prefix, tokens, level in _readers(given):
        if prefix and tokens == _NO_TOKENS:
            found |= {prefix + name: fillers for name, fillers in _NO_NOTE.items()}
            continue
        found |= {prefix + name: " ".join((FILLER, *getattr(tokens, name))) for name in SCORED}
        found |= {
            prefix + name: list(values) for name in EXACT if (values := getattr(tokens, name))
        }
        if tokens.surfaces:
            found.setdefault(surface(level), []).extend(tokens.surfaces)
    return found


def laid_out(given: EngineDocument) -> bytes:
    """Return `texts` as JSON, by which a document need not have its tokens."""
    return given.laid_out or as_json(texts(given))


def as_json(value: Any) -> bytes:
    """Return a value in as few bytes as JSON allows."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def _readers(given: EngineDocument) -> Iterator[tuple[str, Tokens, int]]:
    yield "", given.text, given.level
    yield CUSTOMERS, given.customers, max(given.level, CUSTOMERS_LEVEL)
    yield AGENTS, given.agents, max(given.level, AGENTS_LEVEL)
