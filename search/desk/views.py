"""The console, and what its script asks for while somebody types."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from content.audience import Audience
from content.models import Entry
from search.journeys.recorder import record_event
from search.journeys.records import EventRecord
from search.journeys.visitor import journey_of
from search.lookup.languages import OWN_NAMES, current_language, language_tag
from search.lookup.memory import keep_written, written
from search.lookup.query import Query
from search.lookup.results import Results
from search.lookup.service import search as look_up

from .access import for_agents, for_the_console
from .answers import answer_of
from .texts import texts

LIMIT = 10
#: What an agent may say about an entry; "not_found" is said of a question.
_SAID = frozenset({"click", "copy", "used_solved", "used_unsolved"})


@for_agents
@require_GET
def console(request: HttpRequest) -> HttpResponse:
    """The page itself; with ``?q=`` it also answers without a script."""
    locale = _locale(request, current_language())
    results = _search(request, locale, typing=False) if request.GET.get("q", "").strip() else None
    context = {
        "results": results,
        "question": request.GET.get("q", ""),
        "locale": locale,
        "locales": [(code, OWN_NAMES[code], language_tag(code)) for code, _n in settings.LANGUAGES],
        "interface_tag": language_tag(current_language()),
        "texts": texts(),
    }
    return render(request, "desk/console.html", context)


@for_the_console
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Results while somebody types: ``{query_id, count, html, said}``."""
    results = _search(request, _locale(request), typing="done" not in request.GET)
    language = current_language()
    known = written(results, "desk", language)
    body = known or keep_written(results, "desk", _found(results), language)
    return HttpResponse(body, content_type="application/json")


def _found(results: Results) -> bytes:
    html = render_to_string(
        "desk/results.html", {"results": results, "asked": results.query.locale}
    )
    answer = {
        "query_id": results.query_id,
        "count": len(results.hits) + len(results.perhaps),
        "html": html,
        "said": _said(results),
    }
    return json.dumps(answer).encode()


@for_the_console
@require_GET
def entry(request: HttpRequest, pk: int) -> JsonResponse:
    """One entry for the right pane: ``{id, version, title, html, copy, link, internal}``."""
    reader = Audience.of(request.user)
    rows = Entry.objects.visible_to(reader).select_related("locale", "verified_by")
    found = rows.filter(pk=pk).first()
    if found is None:
        return _gone()
    question, anchor = request.GET.get("q", "")[:500], request.GET.get("section", "")[:200]
    answer = answer_of(found, reader, request, question, anchor)
    return JsonResponse(
        {
            "id": found.pk,
            "version": found.live_revision_id,
            "title": found.title,
            "html": render_to_string("desk/answer.html", {"answer": answer}, request),
            "copy": answer.copy,
            "link": answer.link,
            "internal": answer.internal,
        }
    )


@for_the_console
@require_GET
def version(request: HttpRequest, pk: int) -> JsonResponse:
    """Which version is live now: ``{version}``; null where the entry may no longer be read."""
    rows = Entry.objects.visible_to(Audience.of(request.user)).filter(pk=pk)
    return JsonResponse({"version": rows.values_list("live_revision_id", flat=True).first()})


@for_the_console
@require_POST
def event(request: HttpRequest) -> HttpResponse:
    """What the agent did with an answer, or that there was none (which becomes a gap)."""
    action = request.POST.get("action", "")
    if action == "not_found":
        return _not_found(request)
    if action not in _SAID:
        return HttpResponseBadRequest("action")
    rows = Entry.objects.visible_to(Audience.of(request.user))
    found = rows.filter(pk=_number(request.POST.get("id"))).values(
        "pk", "live_revision_id", "locale__language_code"
    )
    if not found:
        return _gone()
    record = EventRecord(
        action=action,
        journey=journey_of(request),
        query_id=_query_id(request.POST.get("query_id", "")),
        object_id=found[0]["pk"],
        position=_number(request.POST.get("rank")),
        section=request.POST.get("section", "")[:200],
        locale=found[0]["locale__language_code"],
        channel="desk",
        version=found[0]["live_revision_id"],
    )
    record_event(record)
    if action == "click":
        record_event(replace(record, action="read"))
    return HttpResponse(status=204)


def _not_found(request: HttpRequest) -> HttpResponse:
    """Search the question once more as complete, so that the flag stands on what was asked."""
    question, locale = request.POST.get("q", "").strip(), _locale(request)
    if not question:
        return HttpResponseBadRequest("q")
    results = look_up(
        Query(
            text=question,
            audience=Audience.of(request.user),
            locale=locale,
            limit=LIMIT,
            channel="desk",
            journey=journey_of(request),
        )
    )
    record_event(
        EventRecord(
            action="not_found",
            journey=journey_of(request),
            query_id=results.query_id,
            locale=locale,
            channel="desk",
        )
    )
    return HttpResponse(status=204)


def _gone() -> JsonResponse:
    """Not 404, which would be tried again under each language's address."""
    return JsonResponse({"error": _("This entry is no longer published.")}, status=410)


def _search(request: HttpRequest, locale: str, typing: bool) -> Results:
    return look_up(
        Query(
            text=request.GET.get("q", ""),
            audience=Audience.of(request.user),
            locale=locale,
            limit=LIMIT,
            channel="desk",
            prefix=typing,
            journey=journey_of(request),
        )
    )


def _said(results: Results) -> str:
    """The results in one line for a screen reader."""
    if results.hits:
        number = len(results.hits)
        text = ngettext("%(n)s answer. First: %(title)s", "%(n)s answers. First: %(title)s", number)
        return text % {"n": number, "title": results.hits[0].title}
    if results.perhaps:
        return _("No certain answer. Perhaps: %(title)s") % {"title": results.perhaps[0].title}
    return _("No answer.") if results.query.text.strip() else ""


def _locale(request: HttpRequest, otherwise: str = "en") -> str:
    given: Any = request.POST.get("locale") or request.GET.get("locale", "")
    return given if given in dict(settings.LANGUAGES) else otherwise


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 15 else None


def _query_id(text: str) -> str:
    try:
        return uuid.UUID(text).hex
    except ValueError:
        return ""
