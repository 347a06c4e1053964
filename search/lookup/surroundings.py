"""What stands around a page's own text: most asked, related, languages, the head."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.text import Truncator
from wagtail.models import Page

from content.audience import Audience
from content.models import Category, Entry, FrontPage
from content.signals import page_opened

from .alike import Alike, alike
from .asked import most_asked
from .languages import language_links
from .outside.addresses import path_of
from .outside.head import outside
from .paging import number_links
from .query import Query
from .results import Hit, Results
from .service import search
from .together.showing import asked_together

RELATED, TOGETHER = 5, 5
#: Headings that the contents list, by level, and how many make a list worth having.
_LEVELS = (2, 3)
_WORTH_LISTING = 3


def surround(
    sender: type, page: Page, audience: Audience, request: HttpRequest, context: dict, **kwargs: Any
) -> None:
    """Adds to the context that the page's template receives."""
    paths = {t.locale: t.url for t in context["translations"]}
    paths[page.locale.language_code] = path_of(page, request)
    context["languages"] = language_links(request, paths)
    preview = getattr(request, "is_preview", False)
    if audience is Audience.PUBLIC and not preview and page.live:
        context["outside"] = outside(page, context, request)
    if isinstance(page, FrontPage):
        context["own_search"] = True
        context["most_asked"] = most_asked(audience, page.locale.language_code)
    elif isinstance(page, Category):
        entries = context["entries"]
        context["pages"] = number_links(entries.paginator.num_pages, entries.number, request.GET)
        context["most_asked"] = most_asked(
            audience, page.locale.language_code, category=page.pk, limit=6
        )
    elif isinstance(page, Entry):
        context |= _around_entry(page, audience, request, context)


def _around_entry(
    page: Entry, audience: Audience, request: HttpRequest, context: dict
) -> dict[str, Any]:
    headings = [h for h in context["body"].toc if h.level in _LEVELS]
    helped = request.GET.get("helped", "")
    near = alike(page, audience, RELATED * 2) if page.live else []
    found = by_title(page, audience) if page.live and not near else None
    together = asked_together(page, audience, TOGETHER) if page.live else []
    shown = {each.id for each in together}
    listed = [each for each in near or _listed(found) if each.id not in shown]
    return {
        "contents": headings if len(headings) >= _WORTH_LISTING else (),
        "together": together,
        "related": related(page, listed),
        "related_by_engine": bool(near) or (found is not None and found.as_of is None),
        "helped": helped if helped in ("yes", "no", "told") else "",
        "summary": page.search_description
        or Truncator(strip_tags(context["lead_html"])).chars(200),
    }


def by_title(page: Entry, audience: Audience) -> Results:
    """What the page's title finds in its language by words."""
    query = Query(
        text=page.title,
        audience=audience,
        locale=page.locale.language_code,
        limit=RELATED * 2,
        channel="test",
        spelling=False,
        mode="words",
    )
    return search(query)


def related(page: Entry, found: Sequence[Hit | Alike]) -> tuple[Hit | Alike, ...]:
    """Other entries in the same language among what was found."""
    others = [
        each
        for each in found
        if each.id != page.pk
        and each.locale == page.locale.language_code
        and each.family != str(page.translation_key)
    ]
    return tuple(others[:RELATED])


def _listed(found: Results | None) -> tuple[Hit, ...]:
    return (*found.hits, *found.perhaps) if found else ()


page_opened.connect(surround, dispatch_uid="lookup-surroundings")
