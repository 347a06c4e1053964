"""The last gate: what the database says now about what the index has found.

An index may be late, but nothing is shown that its reader may not see at this moment.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from content.audience import Audience
from content.models import Entry
from content.prepared import rows
from search.index.models import IndexedDocument, OutboxRow

from . import texts
from .standing import live
from .texts import Text

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
    "verify_by",
    "live_revision_id",
    "indexed__revision_id",
    "indexed__version",
)


@dataclass(slots=True)
class LiveEntry:
    """An entry as it is now, with its text as the reader may read it."""

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
    verify_by: date | None
    revision: int | None
    text: Text


def admit(ids: Collection[int], audience: Audience) -> dict[int, LiveEntry]:
    """Those of the entries that ``audience`` may see now: one query.

    Their texts are remembered, or read in a second query; where the kept text is of another
    version, or a change waits for the engine, it is made anew (a few queries more for all such).
    """
    admitted: dict[int, LiveEntry] = {}
    late: set[int] = set()
    versions: dict[int, int] = {}
    for row in rows(_visible, ids, audience):
        pk, title, kind, who, confidence, locale, key, path, url_path, updated, verified = row[:11]
        verify_by, revision, kept_revision, version, waiting = row[11:]
        if waiting or version is None or revision != kept_revision:
            late.add(pk)
        else:
            versions[pk] = version
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
            verify_by=verify_by,
            revision=revision,
            text=texts.NOTHING,
        )
    found = texts.kept(versions, audience)
    late |= versions.keys() - found.keys()
    found |= texts.made(late, audience)
    for pk, text in found.items():
        admitted[pk].text = text
    return admitted


def as_published(draft: Entry, audience: Audience) -> LiveEntry | None:
    """``draft`` as it would be admitted once it is live; None where ``audience`` would not see it.

    Asks for what its text is made of.
    """
    draft.live, draft.last_published_at = True, timezone.now()
    if not draft.is_visible_to(audience):
        return None
    return LiveEntry(
        id=draft.pk,
        title=draft.title,
        kind=draft.kind,
        audience=Audience(draft.audience),
        confidence=draft.confidence,
        locale=draft.locale.language_code,
        family=str(draft.translation_key),
        path=draft.path,
        url_path=draft.url_path,
        updated=draft.last_published_at,
        verified=draft.verified_at,
        verify_by=draft.verify_by,
        revision=draft.latest_revision_id,
        text=texts.of_draft(draft, audience),
    )


def _visible(ids: Iterable[int], audience: Audience) -> QuerySet:
    waits = Exists(OutboxRow.objects.filter(entry_id=OuterRef("pk")))
    found = Entry.objects.visible_to(audience).filter(pk__in=ids).order_by()
    return found.annotate(waits=waits).values_list(*_COLUMNS, "waits")


def hidden(audience: Audience) -> list[int]:
    """Ids that the index still has but that have been closed to ``audience`` since.

    Only rows that wait can be such: asked for where there are any, so that totals and counts are
    right before the engine has heard of a change.
    """
    waiting = OutboxRow.objects.values("entry_id")
    visible = Entry.objects.visible_to(audience).filter(pk__in=waiting).values("pk")
    late = IndexedDocument.objects.filter(pk__in=waiting).exclude(pk__in=visible)
    return list(late.values_list("pk", flat=True))


def closed(ids: Iterable[int], audience: Audience) -> list[int]:
    """Those of the entries that ``audience`` may not see now: one query."""
    asked = set(ids)
    return list(asked - {pk for pk, _ in rows(live, asked, audience)})
