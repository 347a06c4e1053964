"""Addresses of pages from their stored paths, without reading the pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db.models import QuerySet
from wagtail.models import Page, Site

from content.models import Category
from content.prepared import rows
from content.presenting import Crumb


def address() -> Callable[[str], str]:
    """A function from a page's ``url_path`` to its address on this site ("" outside it)."""
    roots = sorted(
        ((r.root_path, r.language_code) for r in Site.get_site_root_paths()),
        key=lambda root: -len(root[0]),
    )

    def of(url_path: str) -> str:
        for root, language in roots:
            if url_path.startswith(root):
                return f"/{language}/{url_path[len(root) :]}"
        return ""

    return of


def crumbs(paths: Iterable[str]) -> dict[str, tuple[Crumb, ...]]:
    """The categories above each of the pages (by ``path``), outermost first: one query."""
    paths = list(paths)
    above = {path: _above(path) for path in paths}
    wanted = {each for chain in above.values() for each in chain}
    of = address()
    found = {path: Crumb(title, of(url)) for path, title, url in rows(_categories, wanted)}
    return {
        path: tuple(found[each] for each in chain if each in found) for path, chain in above.items()
    }


def _categories(paths: Iterable[str]) -> QuerySet:
    found = Category.objects.filter(path__in=paths).order_by()
    return found.values_list("path", "title", "url_path")


def _above(path: str) -> list[str]:
    step = Page.steplen
    return [path[:end] for end in range(step * 3, len(path), step)]
