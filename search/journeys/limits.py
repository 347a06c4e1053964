"""How much one person may ask in a while: counted in the cache, for programs and pages alike.

A person is a signed-in user, else an address: a cookie is too easily thrown away.
"""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import BaseCache, caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja.throttling import BaseThrottle

from content.audience import Audience

log = logging.getLogger(__name__)

View = Callable[..., HttpResponse]


class Limit(BaseThrottle):
    """One of ``settings.REQUEST_LIMITS``, by name; colleagues have ``COLLEAGUES_LIMIT`` times it.

    Counts in windows of a fixed length, with one atomic step of the cache for a call (the first of
    a window: three).
    """

    def __init__(self, name: str) -> None:
        self.name = name

    def allow_request(self, request: HttpRequest) -> bool:
        """Count a call; whether it is within the limit."""
        return self.take(request)

    def wait(self) -> float:
        """Seconds until the next window."""
        seconds = settings.REQUEST_LIMITS[self.name][1]
        return float(seconds - time.time() % seconds)

    def take(self, request: HttpRequest, number: int = 1) -> bool:
        """Count ``number`` calls at once. Where the cache fails, nobody is kept out."""
        most, seconds = settings.REQUEST_LIMITS[self.name]
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            who = f"user-{user.pk}"
            if Audience.of(user).sees(Audience.AGENTS):
                most *= settings.COLLEAGUES_LIMIT
        else:
            who = f"{self.get_ident(request)}"
        key = f"limit-{self.name}-{who}-{int(time.time() // seconds)}".replace(" ", "")
        try:
            return _count(caches["limits"], key, number, seconds * 2) <= most
        except Exception:
            log.warning("Calls could not be counted", exc_info=True)
            return True


def _count(cache: BaseCache, key: str, number: int, lasts: int) -> int:
    """How many there are now; 0 where the cache was full and has dropped them."""
    try:
        return cache.incr(key, number)
    except ValueError:  # the first of this window
        cache.add(key, 0, lasts)
    try:
        return cache.incr(key, number)
    except ValueError:
        return 0


def limited(name: str, methods: tuple[str, ...] = ("GET", "POST")) -> Callable[[View], View]:
    """A page under a limit: beyond it, a short page with status 429 and ``Retry-After``."""
    limit = Limit(name)

    def decorate(view: View) -> View:
        @wraps(view)
        def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method in methods and not limit.take(request):
                response = render(request, "429.html", {"seconds": seconds(limit)}, status=429)
                return after(response, limit)
            return view(request, *args, **kwargs)

        return counted

    return decorate


def seconds(limit: Limit) -> int:
    """Whole seconds to wait, at least one."""
    return max(1, math.ceil(limit.wait()))


def after(response: HttpResponse, limit: Limit) -> HttpResponse:
    """Say when to come back."""
    response["Retry-After"] = str(seconds(limit))
    response["Cache-Control"] = "no-store"
    return response
