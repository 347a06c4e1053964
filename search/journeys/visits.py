"""Clicks and reads that arrive with the page, where no script could send them.

A link in results carries ``?zq=<query_id>&zr=<rank>``; a script that sends events itself takes both
out of the link, and who comes by them is sent on to the address without, which is the one to share.
A click and a read that come both ways count once. What a browser fetches in advance, and what
crawlers open, is nobody's click.
"""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest
from wagtail.models import Page

from .recorder import record_event
from .records import EventRecord
from .visitor import journey_of

QUERY_PARAMETER, RANK_PARAMETER = "zq", "zr"
#: Headers in which browsers say that nobody has asked for the page yet.
_PURPOSES = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")


def record_visit(request: HttpRequest, entry: Page, channel: str = "site") -> None:
    """Keep that ``entry`` was read and, where the address says so, from which result."""
    journey = journey_of(request)
    if not journey.recorded or journey.kind == "robot" or _in_advance(request):
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


def traced(url: str, query_id: str, rank: int) -> str:
    """``url`` with the search and the rank that it was shown for; its fragment stays at the end."""
    address, mark, fragment = url.partition("#")
    trace = urlencode({QUERY_PARAMETER: query_id, RANK_PARAMETER: rank})
    return f"{address}{'&' if '?' in address else '?'}{trace}{mark}{fragment}"


def untraced(request: HttpRequest) -> str:
    """The path asked for, with its other parameters, without the search and the rank."""
    rest = request.GET.copy()
    for name in (QUERY_PARAMETER, RANK_PARAMETER):
        rest.pop(name, None)
    return f"{request.path}?{rest.urlencode()}" if rest else request.path


def _in_advance(request: HttpRequest) -> bool:
    purposes = (request.headers.get(name, "") for name in _PURPOSES)
    return any("prefetch" in purpose or "preview" in purpose for purpose in purposes)


def _rank(request: HttpRequest) -> int | None:
    text = request.GET.get(RANK_PARAMETER, "")
    return int(text) if text.isascii() and text.isdigit() and 0 < int(text[:6]) < 1000 else None
