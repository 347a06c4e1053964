"""Who a request comes from: the cookie, consent, crawlers, staff and agents."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from .crawlers import is_crawler
from .journey import Journey
from .models.settings import JourneySettings

__all__ = ["CLIENT_COOKIE", "CONSENT_COOKIE", "Journey", "VisitorMiddleware", "journey_of"]

CLIENT_COOKIE = "zhida_client"
CONSENT_COOKIE = "zhida_consent"
YEAR = 365 * 24 * 3600
_CLIENT_ID = re.compile(r"[A-Za-z0-9_-]{16,64}")


def journey_of(request: HttpRequest) -> Journey:
    """The visitor behind ``request``; the same value however often it is asked for.

    A new visitor gets a random id, which :class:`VisitorMiddleware` sends as a cookie. Where the
    site asks for consent and the visitor has given none, the id is "" and nothing is recorded.
    """
    seen = cast(Any, request)
    if not hasattr(seen, "_journey"):
        seen._journey = _identify(request)
    return seen._journey


def has_consent(request: HttpRequest) -> bool:
    """Whether this visitor's searches may be recorded (always, where the site does not ask)."""
    if not JourneySettings.current().consent_required:
        return True
    return request.COOKIES.get(CONSENT_COOKIE) == "yes"


def has_answered(request: HttpRequest) -> bool:
    """Whether this visitor need not be asked for consent (any more)."""
    return CONSENT_COOKIE in request.COOKIES or not JourneySettings.current().consent_required


def _identify(request: HttpRequest) -> Journey:
    user = getattr(request, "user", None)
    signed_in = user if user is not None and user.is_authenticated else None
    user_id = signed_in.pk if signed_in else None
    if is_crawler(request.META.get("HTTP_USER_AGENT", "")):
        return Journey("robot", "robot", user_id=user_id)
    cookie = request.COOKIES.get(CLIENT_COOKIE, "")
    known = cookie if _CLIENT_ID.fullmatch(cookie) else ""
    if signed_in and (kind := _works_here(signed_in)):
        return Journey(known or f"user-{user_id}", kind, user_id=user_id)
    if not has_consent(request):
        return Journey("", consent=False, user_id=user_id)
    return Journey(known or secrets.token_urlsafe(18), user_id=user_id)


def _works_here(user: Any) -> Any:
    """The kind of a colleague; consent to customer figures does not concern them."""
    if user.has_perm("wagtailadmin.access_admin"):
        return "staff"
    return "agent" if user.has_perm("content.see_agents") else ""


class VisitorMiddleware:
    """Gives every request a lazy ``request.journey`` and keeps its id in a cookie for one year.

    A page in HTML sets the cookie at once, so that the first keystrokes of a visitor, which come
    as several requests at a time, belong to one person.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        cast(Any, request).journey = SimpleLazyObject(lambda: journey_of(request))
        response = self.get_response(request)
        if self._is_page(request, response) or hasattr(request, "_journey"):
            self._remember(request, response, journey_of(request))
        return response

    @staticmethod
    def _is_page(request: HttpRequest, response: HttpResponse) -> bool:
        html = response.get("Content-Type", "").startswith("text/html")
        return html and response.status_code == 200 and not request.path.startswith("/admin/")

    @staticmethod
    def _remember(request: HttpRequest, response: HttpResponse, journey: Journey) -> None:
        if not journey.consent and CLIENT_COOKIE in request.COOKIES:
            response.delete_cookie(CLIENT_COOKIE)
        new = journey.recorded and request.COOKIES.get(CLIENT_COOKIE) != journey.client_id
        if new and journey.kind == "customer":
            response.set_cookie(
                CLIENT_COOKIE,
                journey.client_id,
                max_age=YEAR,
                httponly=True,
                samesite="Lax",
                secure=request.is_secure(),
            )
