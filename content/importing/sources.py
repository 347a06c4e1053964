"""Which drafts have a page already: by the source they came from, or by their translation key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from content.models import Entry, ImportedSource

from .drafts import EntryDraft
from .places import address
from .reading import source_name

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Existing:
    """A page that is there, and the digest of the draft that it equals."""

    page_id: int
    digest: str
    slug: str
    url: str


def existing_of(drafts: Sequence[EntryDraft]) -> dict[tuple[str, str], Existing]:
    """Pages by (source, locale) of the draft."""
    return _by_source([d for d in drafts if not d.exported]) | _by_key(
        [d for d in drafts if d.exported]
    )


def addresses_of_before(prefix: str, files: Iterable[str]) -> dict[str, str]:
    """Addresses, by file, of the pages that earlier imports made of ``files``."""
    file_of = {source_name(prefix, file): file for file in files}
    sources = sorted(file_of)
    found: dict[str, str] = {}
    for start in range(0, len(sources), _AT_ONCE):
        rows = ImportedSource.objects.filter(source__in=sources[start : start + _AT_ONCE])
        found |= {file_of[r.source]: address(r.page) for r in rows.select_related("page")}
    return found


def _by_source(drafts: Sequence[EntryDraft]) -> dict[tuple[str, str], Existing]:
    wanted = {(d.source, d.locale) for d in drafts}
    sources = sorted({source for source, _locale in wanted})
    found: dict[tuple[str, str], Existing] = {}
    for start in range(0, len(sources), _AT_ONCE):
        rows = ImportedSource.objects.filter(source__in=sources[start : start + _AT_ONCE])
        for row in rows.select_related("page"):
            if (row.source, row.locale) in wanted:
                found[row.source, row.locale] = _existing(row.page, row.content_hash)
    return found


def _by_key(drafts: Sequence[EntryDraft]) -> dict[tuple[str, str], Existing]:
    """Exported entries are compared with the pages as they are now."""
    if not drafts:
        return {}
    from content.exporting.entries import drafts_of

    keys = {(d.translation_key(), d.locale): (d.source, d.locale) for d in drafts}
    wanted = sorted({key for key, _locale in keys})
    found: dict[tuple[str, str], Existing] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        pages = Entry.objects.filter(translation_key__in=wanted[start : start + _AT_ONCE])
        for page, draft in drafts_of(pages):
            if name := keys.get((page.translation_key, draft.locale)):
                found[name] = _existing(page, draft.digest())
    return found


def _existing(page: Entry, digest: str) -> Existing:
    return Existing(page.pk, digest, page.slug, address(page))
