"""Pages of entries for anonymous readers, kept until something that they show changes.

A kept page is shown only while the database says that the public may read this version of the
entry, and that nothing which readers see has changed anywhere (`standing`): one query. Whoever has
a session, asks with parameters or has still to be asked for consent gets a page made for him.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from wagtail.views import serve as wagtail_serve

from cms.branding import current_brand, read_brand
from content.audience import Audience
from content.models import Edition, Entry
from search.index import generations
from search.lookup.anybody import same_for_all
from search.lookup.standing import standing


@dataclass(frozen=True, slots=True)
class Kept:
    """A page as it was answered: ``until`` is when one of the entries that it names expires."""

    entry: int
    revision: int | None
    edition: tuple[int, int]
    until: datetime | None
    body: bytes
    headers: dict[str, str]

    def response(self) -> HttpResponse:
        """The same answer again."""
        return HttpResponse(self.body, headers=self.headers)


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Wagtail's view of a page, or the page kept from before."""
    if not _for_anybody(request):
        return wagtail_serve(request, path)
    key = _key(request)
    kept: Kept | None = caches["pages"].get(key)
    if kept is not None and _is_current(kept):
        return kept.response()
    # Before the page is made: what changes meanwhile makes it old.
    edition, began = Edition.current(), timezone.now()
    response = wagtail_serve(request, path)
    if isinstance(response, TemplateResponse) and response.status_code == 200:
        response.add_post_render_callback(lambda made: _keep(key, request, made, edition, began))
    return response


def _for_anybody(request: HttpRequest) -> bool:
    """Whether all who ask like this get the same page."""
    return (
        request.method == "GET" and not request.META.get("QUERY_STRING") and same_for_all(request)
    )


def _key(request: HttpRequest) -> str:
    asked = f"{_theme()} {request.scheme} {request.get_host()} {request.path}"
    return hashlib.sha256(asked.encode()).hexdigest()


def _is_current(kept: Kept) -> bool:
    if kept.until is not None and kept.until <= timezone.now():
        return False
    now = standing([kept.entry], Audience.PUBLIC)
    return now.state.edition == kept.edition and now.revisions == {kept.entry: kept.revision}


def _keep(
    key: str,
    request: HttpRequest,
    response: TemplateResponse,
    edition: tuple[int, int],
    began: datetime,
) -> None:
    """Keep what was made, if it is an entry's page, for the public, of this very moment."""
    context: Any = response.context_data or {}
    page = context.get("page")
    if not isinstance(page, Entry) or context.get("audience") is not Audience.PUBLIC:
        return
    personal = response.cookies or "CSRF_COOKIE" in request.META or response.streaming
    # What the engine has not heard of yet may be missing among the related, and while it is away
    # others stand there; the brand is kept for a minute in each process.
    if (
        personal
        or not context["related_by_engine"]
        or generations.state().changes_wait
        or current_brand() != read_brand()
    ):
        return
    kept = Kept(
        page.pk,
        page.live_revision_id,
        edition,
        _until(page, context, began),
        bytes(response.content),
        dict(response.headers),
    )
    caches["pages"].set(key, kept, settings.PAGE_CACHE_SECONDS)


def _until(page: Entry, context: dict[str, Any], began: datetime) -> datetime | None:
    """When the first of the entries that the page may name expires."""
    named = Q(translation_key=page.translation_key) | Q(pk__in=[h.id for h in context["related"]])
    expiring = Entry.objects.filter(named, expire_at__gt=began).order_by("expire_at")
    return expiring.values_list("expire_at", flat=True).first()


@lru_cache(maxsize=1)
def _theme() -> str:
    """A digest of what pages look like, for processes of another release keep others."""
    folders = [Path(folder) for engine in settings.TEMPLATES for folder in engine["DIRS"]]
    folders += [Path(settings.BASE_DIR) / "cms" / "locale", Path(settings.STATIC_ROOT)]
    digest = hashlib.sha256()
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            if file.suffix in {".html", ".mo", ".json"}:
                digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
