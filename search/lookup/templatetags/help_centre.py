"""Tags and filters of the customer pages. They format what they are given and query nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from django import template
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from search.journeys.visits import traced
from search.lookup.languages import OWN_NAMES
from search.lookup.languages import language_tag as tag_of

register = template.Library()
SPRITE = "zhida/icons.svg"


@register.simple_tag
def marked(text: str, marks: Iterable[tuple[int, int]] = ()) -> SafeString:
    """``text`` with each (start, end) of ``marks`` in a mark element; the rest is escaped."""
    pieces, end = [], 0
    for start, stop in sorted(marks or ()):
        if start < end:
            continue
        pieces += [escape(text[end:start]), "<mark>", escape(text[start:stop]), "</mark>"]
        end = stop
    pieces.append(escape(text[end:]))
    return mark_safe("".join(pieces))


@register.simple_tag
def opened(url: str, query_id: str, rank: int) -> str:
    """``url`` by which the opening of a hit is known where no script tells of it."""
    return traced(url, query_id, rank)


@register.filter
def language_tag(code: str) -> str:
    """The BCP 47 tag of a language code, for ``lang`` attributes."""
    return tag_of(code)


@register.filter
def own_name(code: str) -> str:
    """What a language calls itself."""
    return OWN_NAMES.get(code, code)


@register.simple_tag
def icon(name: str, small: bool = False, otherwise: str = "") -> SafeString:
    """A decorative icon of the set; ``otherwise`` where the set has none of this name."""
    known = _icon_names()
    name = name if name in known else otherwise
    if name not in known:
        return mark_safe("")
    return format_html(
        '<svg class="icon{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        " icon-small" if small else "",
        static(SPRITE),
        name,
    )


@lru_cache(maxsize=1)
def _icon_names() -> frozenset[str]:
    path = finders.find(SPRITE)
    return (
        frozenset(re.findall(r'<symbol id="([^"]+)"', Path(path).read_text()))
        if path
        else frozenset()
    )
