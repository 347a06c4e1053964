"""The JSON API, version 1: mounts the rooms' routers, knows the caller, words the errors.

Errors are RFC 9457 problem details. An anonymous call sees what the public sees, a token what its
owner's audience sees; a session counts only for reading, and only from pages of this site.
"""

from __future__ import annotations

import logging
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, Throttled, ValidationError

from cms.tokens.access import identify
from search.journeys.api import router as events
from search.lookup.api import router as lookup
from search.lookup.bodies import private

log = logging.getLogger(__name__)

_TITLES = {
    400: "Bad request",
    401: "Not signed in",
    403: "Not permitted",
    404: "Not found",
    405: "Method not allowed",
    413: "Too much at once",
    429: "Too many requests",
    500: "Something went wrong",
}


class Api(NinjaAPI):
    """Adds to every answer that it must not be kept for another reader."""

    def create_response(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().create_response(request, *args, **kwargs)
        return private(response)


def problem(status: int, detail: str, **more: Any) -> HttpResponse:
    """An error in the form of RFC 9457."""
    body = {
        "type": "about:blank",
        "title": _TITLES.get(status, "Error"),
        "status": status,
        "detail": detail,
        **more,
    }
    return private(JsonResponse(body, status=status, content_type="application/problem+json"))


api = Api(
    title="Zhida API",
    version="1",
    description="Search, suggestions, articles, and what people did with them.",
    urls_namespace="api-1",
    auth=identify,
)
api.add_router("", lookup)
api.add_router("", events)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = [
        {"pointer": ".".join(str(part) for part in each["loc"]), "detail": each["msg"]}
        for each in error.errors
    ]
    return problem(400, _("Some values cannot be used."), errors=errors)


@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(404, str(error) or _("There is nothing here."))


@api.exception_handler(PermissionDenied)
def _denied(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    return problem(403, str(error) or _("You may not do this."))


@api.exception_handler(Throttled)
def _throttled(request: HttpRequest, error: Throttled) -> HttpResponse:
    response = problem(429, _("Too many calls; try again later."))
    if error.wait:
        response["Retry-After"] = str(int(error.wait) + 1)
    return response


@api.exception_handler(HttpError)
def _known(request: HttpRequest, error: HttpError) -> HttpResponse:
    response = problem(error.status_code, str(error))
    if error.status_code == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(Exception)
def _unknown(request: HttpRequest, error: Exception) -> HttpResponse:
    log.exception("The API could not answer %s", request.path)
    return problem(500, _("The answer could not be made; nothing was changed. Try again."))


def nothing_here(request: HttpRequest, path: str = "") -> HttpResponse:
    """Addresses below the API that do not exist."""
    return problem(404, _("There is nothing here."))
