"""sitemap.xml and robots.txt: everything public, with its translations, and nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.models import Page

from content.audience import Audience
from content.models import Category, Entry, FrontPage

from .addresses import absolute, path_of
from .alternates import Alternate, alternates

#: Families in one file; a protocol limit of 50,000 addresses divided by the languages, with room.
FAMILIES = 5_000


@dataclass(frozen=True, slots=True)
class Listed:
    """One address of the sitemap."""

    url: str
    modified: datetime | None
    alternates: tuple[Alternate, ...]


def sitemap(request: HttpRequest) -> HttpResponse:
    """The whole list, or, on a large site, the list of its parts."""
    keys = _keys()
    if len(keys) <= FAMILIES:
        return _listing(request, keys)
    parts = range(1, -(-len(keys) // FAMILIES) + 1)
    urls = [absolute(f"/sitemap-{part}.xml") for part in parts]
    return _xml(request, "lookup/sitemap_parts.xml", {"urls": urls})


def sitemap_part(request: HttpRequest, part: int) -> HttpResponse:
    """One part of a large site's list; parts count from 1."""
    keys = _keys()[(part - 1) * FAMILIES : part * FAMILIES] if part else []
    if not keys:
        raise Http404
    return _listing(request, keys)


def robots(request: HttpRequest) -> HttpResponse:
    """Search pages are not forbidden here: they say noindex themselves, which must be read."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /desk/",
        "Disallow: /api/",
        f"Sitemap: {absolute('/sitemap.xml')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _public() -> tuple:
    return (
        FrontPage.objects.live(),
        Category.objects.visible_to(Audience.PUBLIC),
        Entry.objects.visible_to(Audience.PUBLIC),
    )


def _keys() -> list[UUID]:
    return sorted(set(chain(*(q.values_list("translation_key", flat=True) for q in _public()))))


def _listing(request: HttpRequest, keys: list[UUID]) -> HttpResponse:
    families: dict[UUID, list[Page]] = defaultdict(list)
    for pages in _public():
        within = pages.filter(translation_key__gte=keys[0], translation_key__lte=keys[-1])
        for page in within.select_related("locale") if keys else ():
            families[page.translation_key].append(page)
    listed = chain.from_iterable(_family(pages, request) for pages in families.values())
    return _xml(request, "lookup/sitemap.xml", {"pages": listed})


def _family(pages: list[Page], request: HttpRequest) -> Iterator[Listed]:
    paths = {page.locale.language_code: path_of(page, request) for page in pages}
    links = alternates(paths)
    for page in pages:
        path = paths[page.locale.language_code]
        if path:
            yield Listed(absolute(path), page.last_published_at, links)


def _xml(request: HttpRequest, template: str, context: dict) -> HttpResponse:
    return render(request, template, context, content_type="application/xml")
