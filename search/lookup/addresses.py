"""Addresses of pages from their stored paths, without reading the pages."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from functools import cache

from django.db.models import QuerySet
from wagtail.models import Page, Site

from content.models import Category
from content.prepared import rows
from content.presenting import Crumb
from search.index.generations import State

#: Seconds for which categories are remembered at most.
SECONDS = 30.0

_kept: tuple[tuple[str, int], float, dict[str, Crumb]] = ("", 0), 0.0, {}


def address() -> Callable[[str], str]:
    """A function from a page's ``url_path`` to its address on this site ("" outside it)."""

    @cache
    def roots() -> list[tuple[str, str]]:
        found = ((r.root_path, r.language_code) for r in Site.get_site_root_paths())
        return sorted(found, key=lambda root: -len(root[0]))

    def of(url_path: str) -> str:
        for root, language in roots() if url_path else ():
            if url_path.startswith(root):
                return f"/{language}/{url_path[len(root) :]}"
        return ""

    return of


def crumbs(paths: Iterable[str], state: State | None = None) -> dict[str, tuple[Crumb, ...]]:
    """The categories above each of the pages (by ``path``), outermost first: one query at most.

    Whoever changes a category changes what the index says of the entries below it. So categories
    are remembered for a moment, while no change waits and none comes.
    """
    above = {path: _above(path) for path in paths}
    known = _remembered(state)
    if missing := {each for chain in above.values() for each in chain} - known.keys():
        of = address()
        found = rows(_categories, missing)
        known |= {path: Crumb(title, of(url)) for path, title, url in found}
    return {
        path: tuple(known[each] for each in chain if each in known) for path, chain in above.items()
    }


def _remembered(state: State | None) -> dict[str, Crumb]:
    """Categories by path, as of a state of the index; an empty one where nothing is to be kept."""
    global _kept  # noqa: PLW0603
    if state is None or state.changes_wait:
        return {}
    key, now = (state.name, state.changes), time.monotonic()
    if _kept[0] != key or now - _kept[1] > SECONDS:
        _kept = (key, now, {})
    return _kept[2]


def _categories(paths: Iterable[str]) -> QuerySet:
    found = Category.objects.filter(path__in=paths).order_by()
    return found.values_list("path", "title", "url_path")


def _above(path: str) -> list[str]:
    step = Page.steplen
    return [path[:end] for end in range(step * 3, len(path), step)]
