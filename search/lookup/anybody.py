"""Whether a page may be kept and shown again: all who ask like this get the same."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from search.journeys.visitor import has_answered


def same_for_all(request: HttpRequest) -> bool:
    """True of readers without a session or a token who need not be asked for consent (any more),
    where pages are kept at all."""
    return (
        bool(settings.PAGE_CACHE_SECONDS)
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "HTTP_AUTHORIZATION" not in request.META
        and has_answered(request)
    )
