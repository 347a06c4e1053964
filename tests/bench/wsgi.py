"""The site as it is, with one empty view beside it to compare with."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.development")

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path

from cms.wsgi import application

__all__ = ["application"]

from cms import urls


def empty(request: HttpRequest) -> HttpResponse:
    """The least that this server can answer, through all the same middleware."""
    return HttpResponse("", content_type="application/json")


if seconds := os.environ.get("PAGE_CACHE_SECONDS"):
    settings.PAGE_CACHE_SECONDS = int(seconds)
# Calls are counted as ever, but one machine plays all the visitors.
settings.REQUEST_LIMITS = dict.fromkeys(settings.REQUEST_LIMITS, (10**9, 60))
urls.urlpatterns.insert(0, path("bench/empty", empty))
