"""Clicks and reads that arrive with the page, where no script could send them.

A link in results may carry ``?zq=<query_id>&zr=<rank>``; a script that sends events itself takes
both out of the link. A click and a read that come both ways count once.
"""

from __future__ import annotations

from django.http import HttpRequest
from wagtail.models import Page

from .recorder import record_event
from .records import EventRecord
from .visitor import journey_of

QUERY_PARAMETER, RANK_PARAMETER = "zq", "zr"


def record_visit(request: HttpRequest, entry: Page, channel: str = "site") -> None:
    """Keep that ``entry`` was read and, where the address says so, from which result."""
    journey = journey_of(request)
    if not journey.recorded or getattr(request, "is_preview", False):
        return
    query_id = request.GET.get(QUERY_PARAMETER, "")[:40]
    common = {
        "journey": journey,
        "query_id": query_id,
        "object_id": entry.pk,
        "locale": entry.locale.language_code,
        "channel": channel,
        "version": entry.live_revision_id,
    }
    if query_id:
        record_event(EventRecord(action="click", position=_rank(request), **common))
    record_event(EventRecord(action="read", **common))


def _rank(request: HttpRequest) -> int | None:
    text = request.GET.get(RANK_PARAMETER, "")
    return int(text) if text.isascii() and text.isdigit() and 0 < int(text[:6]) < 1000 else None
