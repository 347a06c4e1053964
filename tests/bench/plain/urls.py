"""The admin, the pages, and an empty view to know when the server is there."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from .search import find


def empty(request: HttpRequest) -> HttpResponse:
    """The least that this server can answer."""
    return HttpResponse("", content_type="application/json")


urlpatterns = [
    path("bench/empty", empty),
    path("find", find),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include(wagtail_urls)),
]
