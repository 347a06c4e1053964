"""What the theme's templates receive: everything read beforehand, because templates never query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, F
from django.db.models.functions import Substr
from django.http import HttpRequest
from django.utils.text import Truncator
from wagtail.models import Page

from content.audience import Audience
from content.models import Category, Entry, FrontPage
from content.rendering import plain_text, render_body, render_leads

_A_PAGE = 60
_STEP = Page.steplen


@dataclass(frozen=True, slots=True)
class Crumb:
    """A page above, from the front page downwards."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Translation:
    """The same entry in another language."""

    locale: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """A category with the number of entries below it that the reader may see."""

    id: int
    title: str
    url: str
    icon: str
    summary: str
    count: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of a category: an entry with the beginning of its answer or summary."""

    id: int
    title: str
    url: str
    kind: str
    audience: Audience
    lead: str
    updated: datetime | None
    verified: datetime | None


def entry_context(entry: Entry, audience: Audience, request: HttpRequest) -> dict[str, Any]:
    """``entry``, ``body``, ``lead_html``, ``crumbs`` and ``translations`` for ``audience``."""
    return {
        "entry": entry,
        "body": render_body(entry, audience),
        "lead_html": render_leads([entry])[entry.pk],
        "crumbs": crumbs(entry, request),
        "translations": translations(entry, audience, request),
    }


def category_context(
    category: Category, audience: Audience, request: HttpRequest
) -> dict[str, Any]:
    """``crumbs``, ``children``, ``entries`` (one page of them) and ``translations``."""
    listed = (
        Entry.objects.visible_to(audience)
        .below(category)
        .filter(depth=category.depth + 1)
        .defer("body", "keywords")
        .order_by("path")
    )
    page = Paginator(listed, _A_PAGE).get_page(request.GET.get("page"))
    page.object_list = _listed(page.object_list, request)
    return {
        "category": category,
        "crumbs": crumbs(category, request),
        "children": shelves(category, audience, request),
        "entries": page,
        "translations": _category_translations(category, audience, request),
    }


def front_page_context(page: FrontPage, audience: Audience, request: HttpRequest) -> dict[str, Any]:
    """``children`` (categories with counts) and ``translations``."""
    others = FrontPage.objects.live().filter(translation_key=page.translation_key)
    return {
        "crumbs": (),
        "children": shelves(page, audience, request),
        "translations": _as_translations(
            others.exclude(pk=page.pk).select_related("locale"), request
        ),
    }


def crumbs(page: Page, request: HttpRequest | None = None) -> tuple[Crumb, ...]:
    """The pages above ``page``, without the tree's root; their language, once read, is its own."""
    ancestors = Page.objects.ancestor_of(page).filter(depth__gt=1)
    above = ancestors.select_related("locale").order_by("depth")
    for each in above:
        if each.locale_id == page.locale_id:
            page.locale = each.locale
    return tuple(Crumb(each.title, _url(each, request)) for each in above)


def translations(
    entry: Entry, audience: Audience, request: HttpRequest | None = None
) -> tuple[Translation, ...]:
    """The entry in other languages, where ``audience`` may see it."""
    others = (
        Entry.objects.visible_to(audience)
        .filter(translation_key=entry.translation_key)
        .exclude(pk=entry.pk)
        .select_related("locale")
        .defer("body")
    )
    return _as_translations(others, request)


def shelves(
    parent: Page, audience: Audience, request: HttpRequest | None = None
) -> tuple[Shelf, ...]:
    """The categories directly below ``parent`` that hold something for ``audience``."""
    counts = dict(
        Entry.objects.visible_to(audience)
        .below(parent)
        .annotate(shelf=Substr(F("path"), 1, (parent.depth + 1) * _STEP))
        .order_by()
        .values_list("shelf")
        .annotate(count=Count("pk"))
    )
    below = Category.objects.live().child_of(parent).order_by("path")
    return tuple(
        Shelf(c.pk, c.title, _url(c, request), c.icon, c.summary, counts[c.path])
        for c in below
        if c.path in counts
    )


def _category_translations(
    category: Category, audience: Audience, request: HttpRequest
) -> tuple[Translation, ...]:
    others = Category.objects.visible_to(audience).filter(translation_key=category.translation_key)
    return _as_translations(others.exclude(pk=category.pk).select_related("locale"), request)


def _as_translations(
    pages: Sequence[Page] | Any, request: HttpRequest | None
) -> tuple[Translation, ...]:
    return tuple(Translation(p.locale.language_code, p.title, _url(p, request)) for p in pages)


def _listed(entries: Any, request: HttpRequest) -> list[Listed]:
    entries = list(entries)
    leads = render_leads(entries)
    return [
        Listed(
            entry.pk,
            entry.title,
            _url(entry, request),
            entry.kind,
            Audience(entry.audience),
            Truncator(plain_text(leads[entry.pk]).replace("\n", " ")).chars(240),
            entry.last_published_at,
            entry.verified_at,
        )
        for entry in entries
    ]


def _url(page: Page, request: HttpRequest | None) -> str:
    return page.get_url(request) or ""
