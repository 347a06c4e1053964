"""The last gate: what the database says now about what the index has found.

An index may be late, but nothing is shown that its reader may not see at this moment.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import Exists, OuterRef, QuerySet

from content.audience import Audience
from content.models import Entry
from search.index.documents import Section, sections_of
from search.index.models import IndexedDocument, OutboxRow

#: How often a second the rule is put into words anew.
_A_SECOND = 4
_COLUMNS = (
    "pk",
    "title",
    "kind",
    "audience",
    "confidence",
    "locale__language_code",
    "translation_key",
    "path",
    "url_path",
    "last_published_at",
    "verified_at",
    "live_revision_id",
    "indexed__revision_id",
    "indexed__sections",
    "indexed__narrow_sections",
)


@dataclass(slots=True)
class LiveEntry:
    """An entry as it is now; ``sections`` are those that the reader may read, newest text."""

    id: int
    title: str
    kind: str
    audience: Audience
    confidence: str
    locale: str
    family: str
    path: str
    url_path: str
    updated: datetime | None
    verified: datetime | None
    revision: int | None
    sections: list[Section]


def admit(ids: Iterable[int], audience: Audience) -> dict[int, LiveEntry]:
    """Those of the entries that ``audience`` may see now: one query.

    Where the kept text is of another version, or a change waits for the engine, the sections are
    made anew (a few queries more, for all such entries together).
    """
    rows = _visible(audience, int(time.monotonic() * _A_SECOND)).filter(pk__in=list(ids))
    admitted: dict[int, LiveEntry] = {}
    late: list[int] = []
    for row in rows:
        pk, title, kind, who, confidence, locale, key, path, url_path, updated, verified = row[:11]
        revision, kept_revision, everyone, fewer, waiting = row[11:]
        if waiting or everyone is None or revision != kept_revision:
            late.append(pk)
        sections = [s for s in (*(everyone or ()), *(fewer or ())) if s[3] <= audience.level]
        admitted[pk] = LiveEntry(
            id=pk,
            title=title,
            kind=kind,
            audience=Audience(who),
            confidence=confidence,
            locale=locale,
            family=str(key),
            path=path,
            url_path=url_path,
            updated=updated,
            verified=verified,
            revision=revision,
            sections=sections,
        )
    if late:
        _renew(admitted, late, audience)
    return admitted


@lru_cache(maxsize=16)
def _visible(audience: Audience, moment: int) -> QuerySet:
    """The question to the database, for a quarter of a second: "now" stands in it."""
    waits = Exists(OutboxRow.objects.filter(entry_id=OuterRef("pk")))
    rows = Entry.objects.visible_to(audience).order_by().annotate(waits=waits)
    return rows.values_list(*_COLUMNS, "waits")


def _renew(admitted: dict[int, LiveEntry], late: list[int], audience: Audience) -> None:
    fresh = sections_of(list(Entry.objects.visible_to(audience).filter(pk__in=late)))
    for pk in late:
        everyone, fewer = fresh.get(pk, ([], []))
        admitted[pk].sections = [s for s in (*everyone, *fewer) if s[3] <= audience.level]


def hidden(audience: Audience) -> list[int]:
    """Ids that the index still has but that have been closed to ``audience`` since.

    Only rows that wait can be such: asked for where there are any, so that totals and counts are
    right before the engine has heard of a change.
    """
    waiting = OutboxRow.objects.values("entry_id")
    visible = Entry.objects.visible_to(audience).filter(pk__in=waiting).values("pk")
    late = IndexedDocument.objects.filter(pk__in=waiting).exclude(pk__in=visible)
    return list(late.values_list("pk", flat=True))
