"""Wagtail's own privacy of pages and collections, which there is not: audience is the only rule."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse


def no_privacy(request: HttpRequest, pk: int) -> HttpResponse:
    """Stands at the addresses of Wagtail's forms, which would keep a rule that nobody asks."""
    raise PermissionDenied
