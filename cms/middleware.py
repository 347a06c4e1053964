"""Who watches the site is answered first; and what customer pages tell the browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.views.defaults import bad_request

from cms.health import healthz, readyz
from cms.metrics import metrics

#: For load balancers, monitors and Prometheus.
PROBES = {"/healthz": healthz, "/readyz": readyz, "/metrics": metrics}
#: How the fields are called that count the rows of a form.
COUNTERS = ("-TOTAL_FORMS", "-INITIAL_FORMS")
POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)


class Probes:
    """Answers probes before anything looks at the host that is asked for: they know an address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return PROBES.get(request.path_info, self.get_response)(request)


class CustomerPagePolicy:
    """Has pages under a language's prefix load nothing from other hosts."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.prefixes = tuple(f"/{code}/" for code, _ in settings.LANGUAGES)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(self.prefixes):
            response.headers.setdefault("Content-Security-Policy", POLICY)
        return response


class WholeForms:
    """Refuses forms in the admin whose counters of rows are no numbers, or say more than was sent.

    A browser sends such a form only when somebody has changed it; each row that it tells of would
    be made, with all its choices, before the form can say what is wrong.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponse | None:
        """400 with the reason, before the view begins."""
        if request.method != "POST" or not request.path.startswith("/admin/"):
            return None
        sent = len(request.POST)
        for name, value in request.POST.items():
            if name.endswith(COUNTERS) and not (value.isdecimal() and _below(str(value), sent)):
                return bad_request(request, BadRequest(name))
        return None


def _below(number: str, sent: int) -> bool:
    """Each row of a form sends one field at least."""
    return len(number) < 7 and int(number) <= sent
