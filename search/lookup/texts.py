"""The texts of entries that passages are cut from: remembered, as the index has them, or made."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from content.audience import Audience
from content.models import Entry
from content.prepared import rows
from search.index.documents import Section, sections_of
from search.index.models import IndexedDocument
from search.text.highlight import Sections

#: Characters of text that a process remembers.
MOST = 20_000_000


@dataclass(frozen=True)
class Text:
    """The sections of one entry that one reader may read."""

    sections: tuple[Section, ...]

    @cached_property
    def searchable(self) -> Sections:
        """Headings and texts, ready to look for passages in."""
        return Sections.of(
            f"{heading}\n{text}" if heading else text for _, heading, text, _ in self.sections
        )


NOTHING = Text(())

#: By entry, the version that the engine confirmed, and the reader's level.
Key = tuple[int, int, int]

_remembered: OrderedDict[Key, tuple[Text, int]] = OrderedDict()
_characters = 0
_lock = threading.Lock()


def kept(versions: Mapping[int, int], audience: Audience) -> dict[int, Text]:
    """Texts of the entries in the versions that the index has; at most one query.

    An entry whose text is of another version by now is left out.
    """
    found: dict[int, Text] = {}
    with _lock:
        for pk, version in versions.items():
            key = (pk, version, audience.level)
            if known := _remembered.get(key):
                _remembered.move_to_end(key)
                found[pk] = known[0]
    missing = versions.keys() - found.keys()
    for pk, version, everyone, fewer in rows(_indexed, missing):
        if version == versions[pk]:
            found[pk] = text = _readable(everyone, fewer, audience)
            _remember((pk, version, audience.level), text)
    return found


def made(ids: Collection[int], audience: Audience) -> dict[int, Text]:
    """Texts of the entries as they are now, a few queries for all of them."""
    if not ids:
        return {}
    fresh = sections_of(list(Entry.objects.visible_to(audience).filter(pk__in=ids)))
    return {pk: _readable(everyone, fewer, audience) for pk, (everyone, fewer) in fresh.items()}


def of_draft(draft: Entry, audience: Audience) -> Text:
    """The text of an entry as it is in memory."""
    return _readable(*sections_of([draft])[draft.pk], audience)


def forget() -> None:
    """Remember nothing (tests: their databases begin anew with the same versions)."""
    global _characters  # noqa: PLW0603 counts what is remembered
    with _lock:
        _remembered.clear()
        _characters = 0


def _readable(everyone: Iterable[Section], fewer: Iterable[Section], audience: Audience) -> Text:
    return Text(tuple(s for s in (*everyone, *fewer) if s[3] <= audience.level))


def _remember(key: Key, text: Text) -> None:
    global _characters  # noqa: PLW0603 counts what is remembered
    size = sum(len(section[2]) for section in text.sections)
    with _lock:
        if key in _remembered:
            return
        _remembered[key] = (text, size)
        _characters += size
        while _characters > MOST:
            _, (_, dropped) = _remembered.popitem(last=False)
            _characters -= dropped


def _indexed(ids: Iterable[int]) -> QuerySet:
    found = IndexedDocument.objects.filter(pk__in=ids).order_by()
    return found.values_list("pk", "version", "sections", "narrow_sections")
