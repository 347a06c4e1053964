"""Hands out files that their reader may fetch: by Django, or by the proxy on Django's word."""

from __future__ import annotations

import mimetypes
from pathlib import PurePosixPath
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date, parse_http_date_safe
from django.views.decorators.http import require_safe
from wagtail.documents import get_document_model

from .access import is_public, may_fetch, works_with_files
from .addresses import DOCUMENT, File, files_stored_as

#: Nothing in a file runs as a page of this site.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
#: Pictures of people who work in the admin.
_AVATARS = "avatar_images"
#: No id has so many digits.
_LONG = 19


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """A file by its place below the folder of media; not found where it is not for the reader."""
    file = None if "\x00" in path else files_stored_as([path]).get(path)
    if file is not None:
        return fetched(request, file, path)
    if PurePosixPath(path).parts[:1] == (_AVATARS,) and works_with_files(request.user):
        return _private(_delivered(request, path))
    raise Http404


@require_safe
def document(request: HttpRequest, pk: str, filename: str) -> HttpResponseBase:
    """A document at the address that Wagtail gives it."""
    names = get_document_model().objects.filter(pk=pk).values_list("file", flat=True)
    name = names.first() if len(pk) < _LONG else None
    if name is None or PurePosixPath(name).name != filename:
        raise Http404
    return fetched(request, File(DOCUMENT, int(pk)), name)


def fetched(request: HttpRequest, file: File, name: str) -> HttpResponseBase:
    """The file stored as ``name``; ``Http404`` where the reader may not have it.

    Caches ask each time whether it is still so: a file that is closed to the public is closed.
    """
    if is_public(file):
        response = _delivered(request, name)
        response["Cache-Control"] = "public, no-cache"
        return response
    if not may_fetch(file, getattr(request, "user", None)):
        raise Http404
    return _private(_delivered(request, name))


def _private(response: HttpResponseBase) -> HttpResponseBase:
    patch_vary_headers(response, ["Cookie"])  # type: ignore[arg-type]
    response["Cache-Control"] = "private, no-store"
    return response


def _delivered(request: HttpRequest, name: str) -> HttpResponseBase:
    try:
        changed = int(default_storage.get_modified_time(name).timestamp())
    except (FileNotFoundError, ValueError, OSError) as error:
        raise Http404 from error
    kind, encoding = mimetypes.guess_type(name)
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    response: HttpResponseBase
    if since is not None and changed <= since:
        response = HttpResponse(status=304)
    elif settings.MEDIA_ACCEL:
        response = HttpResponse(content_type=kind or "application/octet-stream")
        response["X-Accel-Redirect"] = settings.MEDIA_ACCEL + quote(name)
    else:
        response = FileResponse(
            default_storage.open(name), content_type=kind or "application/octet-stream"
        )
    if encoding:
        response["Content-Encoding"] = encoding
    response["Last-Modified"] = http_date(changed)
    response["Content-Security-Policy"] = _POLICY
    response["X-Content-Type-Options"] = "nosniff"
    return response
