"""One key for questions that differ only in order, form, script and small words."""

from functools import lru_cache

from .analysis import Analyser


def group_key(text: str) -> str:
    """Return the stems of the content words, each once, sorted and joined by blanks.

    A question of nothing but stop words keeps them all; a text without words gives "".
    """
    words = _analyser().query(text).content
    return " ".join(sorted(word.token for word in words))


@lru_cache(maxsize=1)
def _analyser() -> Analyser:
    return Analyser()
