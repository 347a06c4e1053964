"""The way to a person: answers are offered first, then the message is stored with its journey."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from content.audience import Audience
from search.journeys.contacts import create_contact
from search.journeys.limits import Limit, after, limited
from search.journeys.models import Contact
from search.journeys.ratings import token_of
from search.journeys.recorder import record_event
from search.journeys.records import EventRecord
from search.journeys.visitor import journey_of

from .languages import current_language
from .query import LONGEST, Query
from .rating import RatingForm
from .results import Results
from .service import search

OFFERED = 4
#: A message tells more than it asks: this share of what covers a question makes an offer.
NEAR = 0.5
_LIMIT = Limit("contact")
_SALT = "zhida.contact"
#: What a message caught by the trap is answered with; it looks like any other.
_TRAPPED = "-"
_SHOWN_FOR = 3600


class ContactForm(forms.Form):
    """A message and where to answer it. ``website`` is a trap: people never see it."""

    message = forms.CharField(label=_("Your message"), max_length=5000, widget=forms.Textarea)
    reply_to = forms.EmailField(label=_("Your e-mail address"), max_length=254)
    website = forms.CharField(required=False)
    offered = forms.BooleanField(required=False)


@require_http_methods(["GET", "HEAD", "POST"])
@limited("search", methods=("POST",))
def contact(request: HttpRequest) -> HttpResponse:
    """The form; on sending, answers are offered once unless they have been already."""
    if request.method != "POST":
        initial = {"message": request.GET.get("message", "")[:5000], "reply_to": _email(request)}
        return _form(request, ContactForm(initial=initial))
    form = ContactForm(request.POST)
    if not form.is_valid():
        return _form(request, form)
    if form.cleaned_data["website"]:
        return redirect("lookup:contact_sent", token=_TRAPPED)
    if not form.cleaned_data["offered"]:
        offers = offered_for(request, form.cleaned_data["message"])
        if offers.hits:
            return _form(request, form, offers, asked=True)
    if not _LIMIT.take(request):
        form.add_error(None, _("You have sent several messages. Please try again in an hour."))
        response = _form(request, form)
        response.status_code = 429
        return after(response, _LIMIT)
    made = create_contact(
        journey_of(request),
        form.cleaned_data["message"],
        form.cleaned_data["reply_to"],
        current_language(),
    )
    return redirect("lookup:contact_sent", token=signing.dumps(made.pk, salt=_SALT))


@require_GET
@limited("suggest")
def offers(request: HttpRequest) -> HttpResponse:
    """Answers to a message that is still being written, as a piece of page."""
    text = request.GET.get("q", "")
    found = offered_for(request, text) if text.strip() else None
    return render(request, "lookup/offers.html", {"offers": found})


@require_http_methods(["POST"])
@limited("events")
def solved(request: HttpRequest) -> HttpResponse:
    """An offered answer was the answer; no message is sent."""
    entry = request.POST.get("entry", "")
    if not entry.isdecimal() or len(entry) > 18:
        raise Http404
    record_event(
        EventRecord(
            action="used_solved",
            journey=journey_of(request),
            object_id=int(entry),
            locale=current_language(),
            channel="contact",
        )
    )
    return render(request, "lookup/contact_sent.html", {"solved": True})


@require_GET
def contact_sent(request: HttpRequest, token: str) -> HttpResponse:
    """Confirms a message with what was handed over; the link works for an hour."""
    if token == _TRAPPED:
        return render(request, "lookup/contact_sent.html", {})
    try:
        key = signing.loads(token, salt=_SALT, max_age=_SHOWN_FOR)
    except signing.BadSignature as error:
        raise Http404 from error
    made = get_object_or_404(Contact, pk=key)
    context = {"contact": made, "form": RatingForm(at_once=True), "token": token_of(made)}
    return render(request, "lookup/contact_sent.html", context)


def offered_for(request: HttpRequest, message: str) -> Results:
    """The answers nearest to a message: ``hits``, with what is near enough of ``perhaps``."""
    query = Query(
        text=" ".join(message.split())[:LONGEST],
        audience=Audience.of(request.user),
        locale=current_language(),
        limit=OFFERED,
        channel="contact",
        prefix=request.method == "GET",
        journey=journey_of(request),
    )
    found = search(query)
    enough = NEAR * settings.SEARCH_ANSWERED_AT
    near = (hit for hit in found.perhaps if hit.coverage >= enough)
    return replace(found, hits=(*found.hits, *near)[:OFFERED])


def _form(
    request: HttpRequest, form: ContactForm, found: Results | None = None, asked: bool = False
) -> HttpResponse:
    status = 422 if form.errors else 200
    context: dict[str, Any] = {"form": form, "offers": found, "asked": asked}
    return render(request, "lookup/contact.html", context, status=status)


def _email(request: HttpRequest) -> str:
    return getattr(request.user, "email", "")
