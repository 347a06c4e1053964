"""Hears of pages being opened, for visitors whose browser runs no script."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_cache_control
from wagtail import hooks
from wagtail.models import Page

from content.audience import Audience
from content.models import Entry

from .visits import QUERY_PARAMETER, record_visit, untraced


@hooks.register("before_serve_page")
def _opened(
    page: Page, request: HttpRequest, args: list[Any], kwargs: dict[str, Any]
) -> HttpResponse | None:
    """A visit by a link of the results; scripts send what they see themselves.

    The browser keeps the fragment, and so the section, when it is sent on.
    """
    if QUERY_PARAMETER not in request.GET or getattr(request, "is_preview", False):
        return None
    audience = Audience.of(getattr(request, "user", None))
    entry = Entry.objects.visible_to(audience).filter(pk=page.pk).select_related("locale").first()
    if entry is not None:
        record_visit(request, entry)
    response = HttpResponseRedirect(untraced(request))
    patch_cache_control(response, private=True, no_store=True)
    return response
