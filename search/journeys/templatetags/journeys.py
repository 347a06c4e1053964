"""What every page in the admin says whose figures or words come from journeys."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from content.audience import Audience
from search.journeys.models import Contact, JourneySettings
from search.journeys.ratings import token_of

register = template.Library()

_CHANNELS = {
    "site": _("Site"),
    "suggest": _("While typing"),
    "desk": _("Desk"),
    "contact": _("Contact form"),
    "api": _("API"),
}


@register.filter
def channel_name(channel: str) -> str:
    """A channel in the reader's words; one without words as it is called."""
    return str(_CHANNELS.get(channel, channel))


@register.filter
def audience_name(value: str) -> str:
    """An audience in the reader's words."""
    return str(Audience(value).label)


@register.inclusion_tag("journeys/demonstration.html")
def demonstration() -> dict[str, bool]:
    """A notice where the history was made by ``seed_demo``; else nothing."""
    return {"demonstration": JourneySettings.current().demonstration}


@register.simple_tag(takes_context=True)
def rating_address(context: dict[str, Any]) -> str:
    """Where the writer of the panel's contact may say how it went; "" where nothing is asked."""
    contact = getattr(context.get("self"), "instance", None)
    if not isinstance(contact, Contact) or not JourneySettings.current().asked:
        return ""
    with translation.override(contact.locale):
        path = reverse("lookup:contact_rating", args=[token_of(contact)])
    return f"{settings.BASE_URL}{path}"
