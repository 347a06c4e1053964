"""The demonstration's pages, built the way in which imports build them."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import yaml
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page

from cms.branding import BrandSettings
from content.importing import frontmatter
from content.importing.documents import Defaults
from content.importing.drafts import NAMESPACE, EntryDraft
from content.importing.markdown_folder import read_folder
from content.importing.places import Places
from content.importing.running import Importing
from content.importing.streams import needed
from content.models import Confidence, Entry, FrontPage, Product, Snippet

from . import CONTENT, SOURCE, entries

LOCALES = ("en", "zh-hans", "zh-hant")
#: Days since an entry was first published and last verified spread over these.
OLDEST, LAST_VERIFIED = 400, 90

#: Pictures and films that the pages of all languages show.
MEDIA = CONTENT / "media"

Fields = dict[tuple[str, ...], dict[str, Any]]


def load(name: str) -> Any:
    """One of the lists in YAML."""
    return yaml.safe_load((CONTENT / f"{name}.yaml").read_text("utf-8"))


def key_of(kind: str, name: str) -> uuid.UUID:
    """The translation key of one of our categories or snippets: the same on every site."""
    return uuid.uuid5(NAMESPACE, f"{SOURCE}{kind}:{name}")


def build_pages(progress: Callable[[int, int], None]) -> int:
    """Make categories, products, snippets and entries; returns the number of entries."""
    with transaction.atomic():
        _furnish()
        _products()
        _snippets()
    for code in LOCALES:
        _entries(code, progress)
    _date()
    return entries().count()


def _furnish() -> None:
    """Put the company's name on the site and on the front pages."""
    site = load("site")
    brand = BrandSettings.objects.first() or BrandSettings()
    brand.name = site["brand"]["en"]
    brand.name_zh_hans, brand.name_zh_hant = site["brand"]["zh-hans"], site["brand"]["zh-hant"]
    brand.save()
    for front in FrontPage.objects.filter(depth=2).select_related("locale"):
        code = front.locale.language_code
        front.title, front.greeting = site["title"][code], site["greeting"][code]
        front.search_description = site["introduction"][code]
        front.save_revision().publish()


def _products() -> None:
    for row in load("products"):
        names = {
            "name": row["name"]["en"],
            "name_zh_hans": row["name"]["zh-hans"],
            "name_zh_hant": row["name"]["zh-hant"],
        }
        Product.objects.get_or_create(slug=row["slug"], defaults=names)


def _snippets() -> None:
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    for row in load("snippets"):
        for code, text in row["body"].items():
            Snippet.objects.update_or_create(
                translation_key=key_of("snippet", row["name"]),
                locale=locales[code],
                defaults={
                    "name": row["name"],
                    "audience": row["audience"],
                    "body": [{"type": "markdown", "value": text}],
                },
            )


def _categories(code: str) -> Fields:
    """Fields of every category by its path of slugs."""
    rows = {row["slug"]: row for row in load("categories")}

    def path(slug: str) -> tuple[str, ...]:
        parent = rows[slug].get("parent")
        return (*(path(parent) if parent else ()), slug)

    return {
        path(slug): {
            "title": row["title"][code],
            "summary": row["summary"][code],
            "icon": row["icon"],
            "translation": str(key_of("category", slug)),
        }
        for slug, row in rows.items()
    }


def _entries(code: str, progress: Callable[[int, int], None]) -> None:
    folder = CONTENT / code
    reading = read_folder(
        folder, prefix=f"{SOURCE}{code}/", defaults=Defaults(code, kind="faq"), nested=True
    )
    fatal = [str(problem) for problem in reading.problems if problem.fatal]
    if fatal:
        raise ValueError("; ".join(fatal))
    fields = _categories(code)
    order = {path: number for number, path in enumerate(fields)}
    drafts = [_draft(draft) for draft in reading.drafts]
    reading.drafts = sorted(drafts, key=lambda d: (order[d.category or ()], d.file))
    shown = {name for draft in drafts for _kind, name in needed(draft.body)}
    reading.files |= {name: MEDIA / name for name in shown}
    reading.categories = {code: fields}
    reading.ignored.clear()
    user = get_user_model().objects.filter(username="writer").first()
    Importing(reading, Places(), processes=1, user=user, progress=progress).run()


def _draft(draft: EntryDraft) -> EntryDraft:
    """The draft in its category, to be verified so many days from now as its file says."""
    text = (CONTENT / draft.locale / draft.file).read_text("utf-8")
    days = int(frontmatter.split(text).fields.get("verify_in_days", "180"))
    return replace(
        draft,
        category=draft.folders,
        folders=(),
        verify_by=timezone.localdate() + timedelta(days=days),
    )


def _date() -> None:
    """Spread publication and verification over the past, the same way on every site."""
    now = timezone.now()
    reviewer = get_user_model().objects.filter(username="reviewer").first()
    for entry in entries().only("translation_key", "confidence", "live_revision_id"):
        number = entry.translation_key.int
        born = now - timedelta(days=60 + number % (OLDEST - 60), minutes=number % 600)
        Page.objects.filter(pk=entry.pk).update(first_published_at=born, last_published_at=born)
        if entry.confidence == Confidence.VALIDATED:
            verified = now - timedelta(days=1 + number % LAST_VERIFIED, minutes=number % 500)
            Entry.objects.filter(pk=entry.pk).update(
                verified_at=max(born, verified),
                verified_by=reviewer,
                verified_revision_id=entry.live_revision_id,
                last_published_at=min(max(born, verified), now),
            )
