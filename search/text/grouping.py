"""One key for questions that differ only in order, form, script and small words."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from .analysis import Analyser, Token


@lru_cache(maxsize=4096)
def group_key(text: str) -> str:
    """Return the stems of the content words, each once, sorted and joined by blanks.

    Of a compound only the whole counts, so that "Wi-Fi" and "wifi" are one. A question of nothing
    but stop words keeps them all; a text without words gives "".
    """
    tokens, content = _analyser().content(text)
    whole = {token.text for token in _outermost(tokens)}
    return " ".join(sorted(whole & content or content))


def _outermost(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield the tokens that do not lie inside a longer one."""
    reached = 0
    for token in sorted(tokens, key=lambda token: (token.start, -token.end)):
        if token.end > reached:
            reached = token.end
            yield token


@lru_cache(maxsize=1)
def _analyser() -> Analyser:
    return Analyser()
