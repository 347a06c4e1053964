"""Who may sit at the desk."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from content.audience import Audience

View = Callable[..., HttpResponse]


def for_agents(view: View) -> View:
    """The console: others are asked to sign in, and refused where they already are."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if Audience.of(request.user).sees(Audience.AGENTS):
            return view(request, *args, **kwargs)
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.get_full_path(), reverse("sign_in"))

    return never_cache(guarded)


def for_the_console(view: View) -> View:
    """What the console's script asks for: it is told in words when the session has ended."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if Audience.of(request.user).sees(Audience.AGENTS):
            return view(request, *args, **kwargs)
        status = 403 if request.user.is_authenticated else 401
        return JsonResponse({"error": _("You are no longer signed in.")}, status=status)

    return never_cache(guarded)
