"""Where entries stand: their category and audience, asked for once in a run."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from wagtail.models import Page

from content.audience import Audience
from content.models import Category, Entry

from .fact import chunks


class Places:
    """Category (0: none) and audience of entries as they are now; what is gone has none."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[int, str]] = {}

    @cached_property
    def _categories(self) -> dict[str, int]:
        return dict(Category.objects.values_list("path", "pk"))

    def learn(self, entries: Iterable[int]) -> None:
        """Look up those that are not known yet."""
        for chunk in chunks(sorted({pk for pk in entries if pk} - self._known.keys())):
            found = Entry.objects.filter(pk__in=chunk).values_list("pk", "path", "audience")
            self._known |= dict.fromkeys(chunk, (0, str(Audience.PUBLIC)))
            for pk, path, audience in found:
                category = self._categories.get(path[: -Page.steplen], 0)
                self._known[pk] = (category, audience)

    def category(self, entry: int | None) -> int:
        """The category in which a learnt entry stands."""
        return self._known.get(entry or 0, (0, ""))[0]

    def audience(self, entry: int | None) -> str:
        """The audience that a learnt entry is for."""
        return self._known.get(entry or 0, (0, str(Audience.PUBLIC)))[1]
