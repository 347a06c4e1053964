"""The JSON API, version 1: mounts the rooms' routers, knows the caller, words the errors.

Errors are RFC 9457 problem details. An anonymous call sees what the public sees, a token what its
owner's audience sees; a session counts only for reading, and only from pages of this site.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import NinjaAPI
from ninja.errors import HttpError, Throttled, ValidationError

from cms.tokens.access import identify
from search.insights.questions.api import router as questions
from search.journeys.api import router as events
from search.lookup.answering import router as answering
from search.lookup.api import router as lookup
from search.lookup.bodies import private

log = logging.getLogger(__name__)

_TITLES = {
    400: gettext_noop("Bad request"),
    401: gettext_noop("Not signed in"),
    403: gettext_noop("Not permitted"),
    404: gettext_noop("Not found"),
    405: gettext_noop("Method not allowed"),
    413: gettext_noop("Too much at once"),
    422: gettext_noop("Cannot be used"),
    429: gettext_noop("Too many requests"),
    500: gettext_noop("Something went wrong"),
}

gettext_noop("Cannot parse request body")  # what ninja says where a body is no JSON


class Api(NinjaAPI):
    """Adds to every answer that it must not be kept for another reader."""

    def create_response(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().create_response(request, *args, **kwargs)
        return private(response)


def problem(status: int, detail: str, **more: Any) -> HttpResponse:
    """An error in the form of RFC 9457."""
    body = {
        "type": "about:blank",
        "title": _(_TITLES.get(status, _TITLES[400 if status < 500 else 500])),
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
api.add_router("", answering)
api.add_router("", events)
api.add_router("", questions)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = [{"pointer": _pointer(each["loc"]), "detail": each["msg"]} for each in error.errors]
    return problem(400, _("Some values cannot be used."), errors=errors)


def _pointer(place: Sequence[str | int]) -> str:
    """Where in the call a value stands, as its sender wrote it: ``query.limit``, ``body.0.locale``.

    The name of our own parameter for a body, and the branches of its schema, are left out.
    """
    parts = place[:1] + place[2:] if place[0] == "body" else place
    return ".".join(str(p) for p in parts if isinstance(p, int) or p.isidentifier())


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
    response = problem(error.status_code, _(str(error)))
    if error.status_code == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(Exception)
def _unknown(request: HttpRequest, error: Exception) -> HttpResponse:
    log.exception("The API could not answer %s", request.path)
    return problem(500, _("The answer could not be made; nothing was changed. Try again."))


class ProblemDetails:
    """Middleware: a method that an address of the API does not know is said in the same form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or not request.path_info.startswith("/api/"):
            return response
        allowed = response["Allow"]
        told = problem(405, _("Allowed here: %(methods)s.") % {"methods": allowed})
        told["Allow"] = allowed
        return told


def nothing_here(request: HttpRequest, path: str = "") -> HttpResponse:
    """Addresses below the API that do not exist."""
    return problem(404, _("There is nothing here."))
