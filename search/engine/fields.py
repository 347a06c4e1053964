"""Names of the scored fields, and which of them a reader of a level may be matched on."""

CUSTOMERS_LEVEL, AGENTS_LEVEL = 1, 2
CUSTOMERS, AGENTS = "customers_", "agents_"
#: Before the names of fields with what fewer readers see than the document has.
NARROW = (CUSTOMERS, AGENTS)

SCORED = ("title_words", "words", "title_grams", "grams", "prefixes")
EXACT = ("exact_title", "exact_phrasing")

# As measured on the judged sets (docs/search.md): all words count in full, all else a quarter.
WORD_BOOSTS = {"title_words": 0.25, "words": 1.0}
GRAM_BOOSTS = {"title_grams": 0.25, "grams": 0.25}


def readable(field: str, level: int) -> tuple[str, ...]:
    """Return the field, and from customers upwards its one twin for readers of that level.

    The agents' twin holds the customers' text too, so that nobody is matched on more than two.
    """
    if level >= AGENTS_LEVEL:
        return (field, AGENTS + field)
    return (field, CUSTOMERS + field) if level == CUSTOMERS_LEVEL else (field,)


def surface(level: int) -> str:
    """Return the field of unstemmed words that may be proposed to readers of `level` and above."""
    return f"surface_{level}"
