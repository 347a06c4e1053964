"""What the head of a public page says to those who find it from outside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from wagtail.models import Page

from content.models import Category, Entry
from content.models.entries import Kind

from . import structured_data
from .addresses import absolute, path_of
from .alternates import Alternate, alternates


@dataclass(frozen=True, slots=True)
class Outside:
    """Canonical address, translations, structured data and, for a category, its feed."""

    canonical: str
    alternates: tuple[Alternate, ...]
    data: tuple[SafeString, ...]
    feed: str = ""


def outside(page: Page, context: Mapping[str, Any], request: HttpRequest) -> Outside:
    """For a page as the public sees it: ``context`` must have been made for the public."""
    path = path_of(page, request)
    paths = {t.locale: t.url for t in context["translations"]}
    paths[page.locale.language_code] = path
    feed = ""
    if isinstance(page, Category):
        feed = reverse("lookup:feed", kwargs={"category": page.pk})
    number = request.GET.get("page", "")
    paged = f"?page={number}" if number.isdecimal() and int(number) > 1 else ""
    return Outside(
        canonical=absolute(path) + paged,
        alternates=alternates(paths),
        data=tuple(map(structured_data.as_script, _data(page, path, context))),
        feed=feed,
    )


def _data(page: Page, path: str, context: Mapping[str, Any]) -> list[dict[str, Any]]:
    data = []
    if context["crumbs"]:
        above = [(crumb.title, crumb.url) for crumb in context["crumbs"]]
        data.append(structured_data.breadcrumbs([*above, (page.title, path)]))
    if isinstance(page, Entry):
        answer = f"{context['lead_html']}{context['body'].html}"
        if page.kind == Kind.FAQ and answer:
            data.append(structured_data.faq_page(page, answer))
        elif page.kind == Kind.ARTICLE:
            data.append(structured_data.article(page, path))
    return data
