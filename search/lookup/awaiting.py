"""A question's meaning while it is being made, so that a search can work by words meanwhile."""

from __future__ import annotations

from collections.abc import Callable

from .nearness import Meaning


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
