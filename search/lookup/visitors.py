"""What the head and foot of every page know about its reader: language, consent."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from search.journeys.visitor import has_answered

from .languages import current_language, language_links, language_tag


def context(request: HttpRequest) -> dict[str, Any]:
    """Context processor. Languages and consent are read only by templates that show them."""
    code = current_language()
    return {
        "languages": SimpleLazyObject(lambda: language_links(request)),
        "language": code,
        "language_tag": language_tag(code),
        "ask_consent": SimpleLazyObject(lambda: not has_answered(request)),
    }
