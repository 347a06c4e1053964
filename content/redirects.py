"""Redirects of moved pages, for those only who may see where they lead."""

from __future__ import annotations

from urllib.parse import urlparse

from django.http import HttpRequest, HttpResponseBase
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect

from content.audience import Audience
from content.models.serving import ServedByAudience


class AudienceRedirectMiddleware(RedirectMiddleware):  # type: ignore[misc]
    """Wagtail's, except that a new address, which often is the title, tells nobody too much."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """The redirect, or ``response`` where its reader would find nothing there."""
        redirected: HttpResponseBase = super().process_response(request, response)
        if redirected is response:
            return response
        path = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
        found = get_redirect(request, path) or get_redirect(request, urlparse(path).path)
        page = found.redirect_page.specific if found and found.redirect_page else None
        audience = Audience.of(getattr(request, "user", None))
        if isinstance(page, ServedByAudience) and not page.is_visible_to(audience):
            return response
        return redirected
