"""Hears of pages being opened, for visitors whose browser runs no script."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.models import Page

from content.audience import Audience
from content.models import Entry

from .visits import QUERY_PARAMETER, record_visit


@hooks.register("before_serve_page")
def _opened(page: Page, request: HttpRequest, args: list[Any], kwargs: dict[str, Any]) -> None:
    """A visit by a link of the results; scripts send what they see themselves."""
    if QUERY_PARAMETER not in request.GET:
        return
    audience = Audience.of(getattr(request, "user", None))
    entry = Entry.objects.visible_to(audience).filter(pk=page.pk).select_related("locale").first()
    if entry is not None:
        record_visit(request, entry)
