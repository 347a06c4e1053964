"""What every page in the admin says whose figures or words come from journeys."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext_lazy as _

from content.audience import Audience
from search.journeys.models import JourneySettings

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
