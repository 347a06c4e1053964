"""The customer's pages of the search: results, votes, consent. Thin: the service does the work."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from content.audience import Audience
from content.models import Entry, FrontPage
from content.presenting import shelves
from search.journeys.limits import limited
from search.journeys.recorder import record_event
from search.journeys.records import EventRecord
from search.journeys.visitor import CLIENT_COOKIE, CONSENT_COOKIE, YEAR, journey_of

from .answers import clear_answer
from .anybody import same_for_all
from .asked import most_asked
from .languages import current_language, visitors_language
from .memory import keep_written, written
from .outside.addresses import path_of
from .paging import LAST_PAGE, PAGE_SIZE, address, filters, page_links
from .query import LONGEST, Query
from .results import Results
from .service import search

#: Why an entry did not help; the words stand in the template.
REASONS = frozenset({"other_problem", "did_not_work", "unclear", "outdated", "other"})


@require_GET
def to_language(request: HttpRequest) -> HttpResponse:
    """``/``: on to the front page in the visitor's language."""
    response = HttpResponseRedirect(f"/{visitors_language(request)}/")
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


@require_GET
@limited("search")
def results(request: HttpRequest) -> HttpResponse:
    """The results page, and the page that helps on where there are none."""
    query = asked_for(request)
    found = search(query)
    # Where there are none the page shows what is asked most, which goes by the minute.
    if not found.hits or not same_for_all(request):
        return _page(request, query, found)
    place = (request.scheme, request.get_host(), request.get_full_path())
    if known := written(found, "page", place):
        return HttpResponse(known)
    response = _page(request, query, found)
    if "CSRF_COOKIE" not in request.META:
        keep_written(found, "page", response.content, place)
    return response


def _page(request: HttpRequest, query: Query, found: Results) -> HttpResponse:
    page = query.offset // PAGE_SIZE + 1
    context = {
        "results": found,
        "answer": clear_answer(found),
        "filters": filters(found, request.GET),
        "narrowed": any(request.GET.get(name) for name in ("category", "kind", "product")),
        "everything": address(request.GET, category="", kind="", product="", page=""),
        "as_typed": address(request.GET, exact="1", page=""),
        "corrected": address(request.GET, exact="", page="", q=found.did_you_mean),
        "pages": page_links(found.listed, page, request.GET),
        "page": page,
    }
    if not found.hits:
        context |= way_on(request, query)
    return render(request, "lookup/results.html", context)


def asked_for(request: HttpRequest) -> Query:
    """The search that a request asks for; what makes no sense in it is left out."""
    asked = request.GET
    category, page = asked.get("category", ""), asked.get("page", "")
    number = min(int(page), LAST_PAGE) if page.isdecimal() and len(page) < 6 else 1
    return Query(
        text=" ".join(asked.get("q", "").replace("\x00", "").split())[:LONGEST],
        audience=Audience.of(request.user),
        locale=current_language(),
        category=int(category) if category.isdecimal() and len(category) < 12 else None,
        kind=asked["kind"] if asked.get("kind") in ("faq", "article") else "",
        product=asked.get("product", "")[:100],
        limit=PAGE_SIZE,
        offset=(max(number, 1) - 1) * PAGE_SIZE,
        journey=journey_of(request),
        spelling=asked.get("exact") != "1",
        facets=True,
    )


def way_on(request: HttpRequest, query: Query) -> dict:
    """What is offered where nothing was found: the most asked questions and the categories."""
    front = FrontPage.objects.live().filter(locale__language_code=query.locale).first()
    return {
        "most_asked": most_asked(query.audience, query.locale, limit=6),
        "children": shelves(front, query.audience, request) if front else (),
    }


@csrf_exempt
@require_POST
@limited("events")
def vote(request: HttpRequest, entry: int) -> HttpResponse:
    """“Did this help?”: yes, no, or the reason for a no. Works without a script by redirecting.

    Without a CSRF token, so that reading an article sets no cookie for it; another site could at
    most add an anonymous vote.
    """
    page = Entry.objects.visible_to(Audience.of(request.user)).filter(pk=entry).first()
    if page is None:
        raise Http404
    given = request.POST
    helpful = given.get("helpful") == "yes"
    reason = given.get("reason", "")
    record_event(
        EventRecord(
            action="vote",
            journey=journey_of(request),
            query_id=_uuid(given.get("query_id", "")),
            object_id=page.pk,
            section=given.get("section", "")[:200],
            locale=current_language(),
            version=page.live_revision_id,
            helpful=helpful,
            reason=reason if reason in REASONS else "",
            comment=given.get("comment", "")[:2000],
        )
    )
    state = "yes" if helpful else ("told" if "reason" in given or "comment" in given else "no")
    if request.headers.get("X-Part") == "helped":
        return render(request, "parts/helped.html", {"entry_id": page.pk, "helped": state})
    return HttpResponseRedirect(f"{path_of(page, request)}?helped={state}#helped")


@require_POST
def consent(request: HttpRequest) -> HttpResponse:
    """Keeps the visitor's answer (yes or no) for a year and goes back to where it was given."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = f"/{current_language()}/"
    response = HttpResponseRedirect(back)
    answer = "yes" if request.POST.get("consent") == "yes" else "no"
    response.set_cookie(
        CONSENT_COOKIE, answer, max_age=YEAR, samesite="Lax", secure=request.is_secure()
    )
    if answer == "no":
        response.delete_cookie(CLIENT_COOKIE)
    return response


def _uuid(text: str) -> str:
    plain = text.replace("-", "").lower()
    return plain if len(plain) == 32 and set(plain) <= set("0123456789abcdef") else ""
