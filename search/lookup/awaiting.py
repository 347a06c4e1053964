"""A question's meaning while it is being made, so that a search can work by words meanwhile."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings

from .nearness import Meaning
from .query import Query

#: Milliseconds that are waited for where nobody sits before it.
UNHURRIED = 10_000.0


def patience(query: Query) -> float:
    """Milliseconds to wait for the question's meaning; 0 where the site waits for none."""
    usual = float(settings.SEARCH_MEANING_WAIT_MS)
    return UNHURRIED if query.unhurried and usual else usual


class Awaited:
    """The meaning of one search's question; ``ask`` waits for it, once."""

    def __init__(self, ask: Callable[[], Meaning], under_way: bool) -> None:
        self._ask, self._under_way = ask, under_way
        self._known: Meaning | None = None

    @property
    def under_way(self) -> bool:
        """Whether to ask for it now would be to wait."""
        return self._under_way and self._known is None

    @property
    def likely(self) -> bool:
        """Whether the order will be by meaning, as far as can be told without waiting."""
        return self.under_way or self.get().near is not None

    def get(self) -> Meaning:
        """The meaning, or why there is none."""
        if self._known is None:
            self._known = self._ask()
        return self._known
