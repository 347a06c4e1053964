"""What search engines are told about a page, as JSON-LD. Built from public texts only."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

from content.models import Article, Entry
from search.lookup.languages import language_tag

from .addresses import absolute

#: The same escapes as Django's json_script: nothing can close the script element.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def as_script(data: dict[str, Any]) -> SafeString:
    """``data`` as the content of a script element."""
    text = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False)
    return mark_safe(text.translate(_ESCAPES))


def breadcrumbs(crumbs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """``crumbs``: (title, path) from the front page to the page itself."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": title, "item": absolute(path)}
            for place, (title, path) in enumerate(crumbs, 1)
        ],
    }


def faq_page(entry: Entry, answer_html: str) -> dict[str, Any]:
    """A question with its answer."""
    return {
        "@type": "FAQPage",
        "inLanguage": language_tag(entry.locale.language_code),
        "mainEntity": [
            {
                "@type": "Question",
                "name": entry.title,
                "acceptedAnswer": {"@type": "Answer", "text": answer_html},
            }
        ],
    }


def article(entry: Article | Entry, path: str) -> dict[str, Any]:
    """An article with its summary and dates."""
    data = {
        "@type": "Article",
        "headline": entry.title,
        "description": strip_tags(entry.lead),
        "inLanguage": language_tag(entry.locale.language_code),
        "mainEntityOfPage": absolute(path),
    }
    if entry.first_published_at:
        data["datePublished"] = entry.first_published_at.isoformat()
    if entry.last_published_at:
        data["dateModified"] = entry.last_published_at.isoformat()
    return data
