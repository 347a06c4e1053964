"""Which languages a page can be read in, by a given audience."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from wagtail.models import Page

from content.audience import Audience
from content.models import Category, Entry, FrontPage

from .addresses import absolute, path_of
from .languages import language_tag


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same page in a language, for ``hreflang``; ``tag`` may be ``x-default``."""

    tag: str
    url: str


def translated_paths(page: Page, audience: Audience, request: HttpRequest) -> dict[str, str]:
    """Paths of the page by language code, as far as ``audience`` may see them. One query."""
    pages = _visible(page, audience).filter(translation_key=page.translation_key)
    return {p.locale.language_code: path_of(p, request) for p in pages.select_related("locale")}


def _visible(page: Page, audience: Audience):
    if isinstance(page, Entry):
        return Entry.objects.visible_to(audience)
    if isinstance(page, Category):
        return Category.objects.visible_to(audience)
    return FrontPage.objects.live()


def alternates(paths: dict[str, str]) -> tuple[Alternate, ...]:
    """``hreflang`` links of one family; none where the page exists in one language only."""
    if len(paths) < 2:
        return ()
    default = paths.get(settings.LANGUAGE_CODE) or next(iter(paths.values()))
    links = [Alternate(language_tag(code), absolute(path)) for code, path in sorted(paths.items())]
    return (*links, Alternate("x-default", absolute(default)))
