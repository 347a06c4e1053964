"""The visitor's answer to the question whether their searches may be kept."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from .visitor import CLIENT_COOKIE, CONSENT_COOKIE, YEAR


@require_POST
def consent(request: HttpRequest) -> HttpResponse:
    """Keep the answer (``consent=yes`` or ``no``) for a year and return to where it was given."""
    answer = "yes" if request.POST.get("consent") == "yes" else "no"
    target = request.POST.get("next") or request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(
        target, {request.get_host()}, require_https=request.is_secure()
    )
    response = HttpResponseRedirect(target if safe else "/")
    response.set_cookie(
        CONSENT_COOKIE, answer, max_age=YEAR, samesite="Lax", secure=request.is_secure()
    )
    if answer == "no":
        response.delete_cookie(CLIENT_COOKIE)
    return response
