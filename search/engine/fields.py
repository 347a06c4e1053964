"""Names of the scored fields, and which of them a reader of a level may be matched on."""

AGENTS_LEVEL = 2
AGENTS = "agents_"

SCORED = ("title_words", "words", "title_grams", "grams", "prefixes")
EXACT = ("exact_title", "exact_phrasing")

# Fields and boosts as measured on the judged sets: all words and title words alike, grams at .3.
WORD_BOOSTS = {"title_words": 1.0, "words": 1.0}
GRAM_BOOSTS = {"title_grams": 0.3, "grams": 0.3}


def readable(field: str, level: int) -> tuple[str, ...]:
    """Return the field, and for readers of agents-only text its agents-only twin as well."""
    return (field, AGENTS + field) if level >= AGENTS_LEVEL else (field,)


def surface(level: int) -> str:
    """Return the field of unstemmed words that may be proposed to readers of `level` and above."""
    return f"surface_{level}"
