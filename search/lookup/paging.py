"""Filters, counts and page numbers of the results page, as links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from .service import Results

PAGE_SIZE = 10
#: Beyond this page nobody reads, and engines pay.
LAST_PAGE = 50
FILTERS: Mapping[str, Promise] = {
    "category": _("Category"),
    "kind": _("Kind"),
    "product": _("Product"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter; following it sets the filter, or takes it away where it is set."""

    label: str
    count: int
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter with its values."""

    name: str
    label: Promise
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class PageLink:
    """One page number; ``number`` 0 stands for a gap."""

    number: int
    url: str
    current: bool


def address(asked: QueryDict, **changes: str) -> str:
    """The query string of ``asked`` with ``changes``; "" takes a parameter away."""
    changed = asked.copy()
    for name, value in changes.items():
        changed.pop(name, None)
        if value:
            changed[name] = value
    return f"?{changed.urlencode()}"


def filters(results: Results, asked: QueryDict) -> tuple[Filter, ...]:
    """The filters worth showing: those that are set, and those with a choice to make."""
    found = []
    for name, label in FILTERS.items():
        chosen = asked.get(name, "")
        choices = tuple(
            Choice(
                label=str(facet.label),
                count=facet.count,
                url=address(
                    asked, page="", **{name: "" if str(facet.value) == chosen else str(facet.value)}
                ),
                current=str(facet.value) == chosen,
            )
            for facet in results.facets.get(name, ())
        )
        if len(choices) > 1 or any(choice.current for choice in choices):
            found.append(Filter(name, label, choices))
    return tuple(found)


def page_links(total: int, current: int, asked: QueryDict) -> tuple[PageLink, ...]:
    """Page numbers of a search with ``total`` hits."""
    return number_links(min(-(-total // PAGE_SIZE), LAST_PAGE), current, asked)


def number_links(last: int, current: int, asked: QueryDict) -> tuple[PageLink, ...]:
    """First, last and the neighbours of the current page; none where one page holds all."""
    if last < 2:
        return ()
    shown = sorted({1, last, *range(max(1, current - 1), min(last, current + 1) + 1)})
    links: list[PageLink] = []
    for number in shown:
        if links and number > links[-1].number + 1:
            links.append(PageLink(0, "", False))
        links.append(PageLink(number, address(asked, page=str(number)), number == current))
    return tuple(links)
