"""Pages to drafts: what an entry says, free of database keys."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale, Page

from content.importing.drafts import EntryDraft, Wording
from content.importing.streams import Names, from_stream
from content.models import Category, Entry, FrontPage, Snippet
from content.rendering.materials import blocks_of

_AT_ONCE = 200


def drafts_of(
    pages: QuerySet[Any], names: Names | None = None
) -> Iterator[tuple[Entry, EntryDraft]]:
    """Each of ``pages`` with its draft, in the order of the tree.

    Live pages as they are live; others as they were last saved.
    """
    names = names or names_of_files()
    locales = dict(Locale.objects.values_list("pk", "language_code"))
    shelves = dict(Category.objects.values_list("path", "slug"))
    fronts = set(FrontPage.objects.values_list("path", flat=True))
    keys = list(pages.order_by("path").values_list("pk", flat=True))
    for start in range(0, len(keys), _AT_ONCE):
        some = Entry.objects.filter(pk__in=keys[start : start + _AT_ONCE]).order_by("path")
        rows = some.select_related("responsible", "backup_owner", "verified_by", "latest_revision")
        for page in rows.prefetch_related("phrasings", "products"):
            shown = page if page.live or not page.latest_revision else _last_saved(page)
            category = _path(page, shelves, fronts)
            yield page, _draft(page, shown, category, locales[page.locale_id], names)


def names_of_files() -> Names:
    """File names by the keys of images, documents and snippets."""
    return Names(
        images={i.pk: file_name(i) for i in get_image_model().objects.all()},
        documents={d.pk: file_name(d) for d in get_document_model().objects.all()},
        snippets={
            pk: (name, code)
            for pk, name, code in Snippet.objects.values_list("pk", "name", "locale__language_code")
        },
    )


def file_name(item: Any) -> str:
    """The name of an image or document in the folder of files: from what is in it."""
    digest = item.file_hash
    if not digest:
        with item.file.open("rb") as file:
            digest = hashlib.sha1(file.read()).hexdigest()  # noqa: S324
    suffix = item.file.name.rpartition(".")[2].lower() if "." in item.file.name else "bin"
    return f"{digest[:16]}.{suffix}"


def _last_saved(page: Entry) -> Any:
    return page.specific.with_content_json(page.latest_revision.content)  # type: ignore[union-attr]


def _path(page: Page, shelves: dict[str, str], fronts: set[str]) -> tuple[str, ...]:
    parts: list[str] = []
    for depth in range(page.depth - 1, 0, -1):
        path = page.path[: depth * Page.steplen]
        if path in fronts:
            break
        parts.insert(0, shelves.get(path, ""))
    return tuple(p for p in parts if p)


def _draft(
    page: Entry, shown: Any, category: tuple[str, ...], locale: str, names: Names
) -> EntryDraft:
    return EntryDraft(
        source=f"{locale}:{page.translation_key}",
        title=_one_line(shown.title),
        locale=locale,
        kind=page.kind,
        category=category,
        slug=page.slug,
        lead=_tidy(shown.lead),
        body=tuple(from_stream(blocks_of(shown.body), locale=locale, names=names)),
        phrasings=tuple(
            Wording(_one_line(p.text), p.agents_only)
            for p in shown.phrasings.all()
            if p.text.strip()
        ),
        audience=shown.audience,
        confidence=shown.confidence,
        products=tuple(sorted(p.slug for p in shown.products.all())),
        keywords=tuple(shown.keyword_list),
        verify_by=shown.verify_by,
        owner=_user(shown.responsible),
        backup_owner=_user(shown.backup_owner),
        translation=str(page.translation_key),
        live=page.live,
        exported=True,
        seo_title=_one_line(shown.seo_title),
        search_description=_tidy(shown.search_description),
        verified_at=page.verified_at,
        verified_by=_user(page.verified_by),
        published=page.first_published_at if page.live else None,
        go_live_at=shown.go_live_at,
        expire_at=shown.expire_at,
    )


def _user(user: Any) -> str:
    return user.get_username() if user else ""


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _one_line(text: str) -> str:
    return text.strip()
