"""Addresses as others see them: absolute, and the same whatever name the server was called by."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from wagtail.models import Page


def path_of(page: Page, request: HttpRequest | None = None) -> str:
    """The path of a page on this site, "" where it has none."""
    parts = page.get_url_parts(request)
    return (parts[2] or "") if parts else ""


def absolute(path: str) -> str:
    """``path`` under the site's own address (BASE_URL); an absolute address stays."""
    return f"{settings.BASE_URL}{path}" if path.startswith("/") else path
