"""The snippets that some bodies use, each in the languages it may be wanted in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db.models import Q

from content.models import Snippet

Block = dict[str, Any]


def blocks_of(body: Any) -> list[Block]:
    """A StreamField's value as stored: a list of ``{"type", "value"}``, which is itself one."""
    if isinstance(body, list):
        return body
    return list(body.get_prep_value()) if body else []


class Snippets:
    """Read in at most one query; look-ups never query."""

    def __init__(self, bodies: Iterable[Iterable[Block]], locales: Collection[int | None]) -> None:
        wanted = {pk for body in bodies for pk in _used(body)}
        found: list[Snippet] = []
        if wanted:
            families = Snippet.objects.filter(pk__in=wanted).values("translation_key")
            translated = Q(translation_key__in=families, locale_id__in=locales)
            found = list(Snippet.objects.filter(Q(pk__in=wanted) | translated))
        self._by_id = {snippet.pk: snippet for snippet in found}
        self._translated: dict[tuple[Any, int | None], Snippet] = {
            (s.translation_key, s.locale_id): s for s in found
        }
        self.bodies = {s.pk: blocks_of(s.body) for s in found}

    def chosen(self, pk: int, locale_id: int | None) -> tuple[Snippet, list[Block]] | None:
        """The snippet in the reader's language (else as chosen) with its blocks."""
        chosen = self._by_id.get(pk)
        if chosen is None:
            return None
        best = self._translated.get((chosen.translation_key, locale_id), chosen)
        return best, self.bodies[best.pk]


def _used(blocks: Iterable[Block]) -> Iterator[int]:
    for block in blocks:
        if block["type"] == "snippet" and block["value"]:
            yield block["value"]
        elif block["type"] == "agents_only":
            yield from _used(block["value"] or ())
