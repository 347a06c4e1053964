"""Finds the files that entries show, and keeps the list true with every change of them.

Not Wagtail's index of references: that one is written later, and knows neither the addresses in
Markdown nor who sees a snippet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from content.audience import Audience
from content.models import Entry, FileUse
from content.rendering.materials import Block, blocks_of, items_of
from content.rendering.snippets import Snippets

from .addresses import DOCUMENT, IMAGE, File, files_at

_AT_ONCE = 500


def keep(ids: Iterable[int]) -> None:
    """Write down anew what these entries show; a fixed number of queries for every 500."""
    listed = sorted(set(ids))
    for start in range(0, len(listed), _AT_ONCE):
        some = listed[start : start + _AT_ONCE]
        found = uses_of(
            list(Entry.objects.filter(pk__in=some).only("pk", "lead", "body", "locale"))
        )
        with transaction.atomic():
            FileUse.objects.filter(entry__in=some).delete()
            FileUse.objects.bulk_create(found, batch_size=_AT_ONCE)


def entries_changed(ids: Iterable[int], **kwargs: Any) -> None:
    """Listens to the signal of that name, inside the transaction of the change."""
    keep(ids)


def uses_of(entries: list[Entry]) -> list[FileUse]:
    """The uses by these entries, each file once with the widest audience that sees it there."""
    bodies = {entry.pk: blocks_of(entry.body) for entry in entries}
    snippets = Snippets(bodies.values(), {entry.locale_id for entry in entries})
    shown: list[tuple[int, str | File, Audience]] = []
    for entry in entries:
        shown += ((entry.pk, what, Audience.PUBLIC) for what in _in_text(entry.lead))
        walk = _shown(bodies[entry.pk], Audience.PUBLIC, entry.locale_id, snippets)
        shown += ((entry.pk, what, audience) for what, audience in walk)
    at = files_at({what for _, what, _ in shown if isinstance(what, str)})
    levels: dict[tuple[int, File], int] = {}
    for pk, what, audience in shown:
        file = at.get(what) if isinstance(what, str) else what
        if file is not None:
            key = (pk, file)
            levels[key] = min(audience.level, levels.get(key, audience.level))
    return [
        FileUse(entry_id=pk, kind=file.kind, file_id=file.id, level=level)
        for (pk, file), level in levels.items()
    ]


def _shown(
    blocks: Iterable[Block], audience: Audience, locale_id: int | None, snippets: Snippets
) -> Iterator[tuple[str | File, Audience]]:
    """Files, and paths of files named in texts, each with who sees it, as `pieces_of` shows it."""
    for block in blocks:
        value = block["value"]
        match block["type"]:
            case "snippet":
                if value and (found := snippets.chosen(value, locale_id)):
                    snippet, inner = found
                    reach = Audience.narrower(audience, snippet.audience)
                    yield from _shown(inner, reach, locale_id, snippets)
            case "agents_only":
                reach = Audience.narrower(audience, Audience.AGENTS)
                yield from _shown(value or (), reach, locale_id, snippets)
            case "image" if value.get("image"):
                yield File(IMAGE, value["image"]), audience
            case "video":
                if value.get("file"):
                    yield File(DOCUMENT, value["file"]), audience
                yield from ((path, audience) for path in _in_text(value.get("url") or ""))
            case kind:
                texts = (text for text in _texts(kind, value) if text)
                yield from ((path, audience) for text in texts for path in _in_text(text))


def _texts(kind: str, value: Any) -> Iterator[str]:
    match kind:
        case "markdown":
            yield value
        case "callout":
            yield value.get("text")
        case "steps":
            yield from (step.get("text") for step in items_of(value))


def _in_text(text: str) -> Iterator[str]:
    """Paths of files that a Markdown text names, as links or images."""
    for match in _addresses().finditer(text):
        yield unquote(match[1])


@lru_cache(maxsize=1)
def _addresses() -> re.Pattern[str]:
    documents = reverse("wagtaildocs_serve", args=[0, "-"]).removesuffix("0/-")
    roots = "|".join(map(re.escape, (settings.MEDIA_URL, documents)))
    return re.compile(rf"((?:{roots})[^\s()\"'<>#?\\]+)")
