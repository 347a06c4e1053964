"""What every page in the admin says whose figures or words come from journeys."""

from __future__ import annotations

from django import template

from search.journeys.models import JourneySettings

register = template.Library()


@register.inclusion_tag("journeys/demonstration.html")
def demonstration() -> dict[str, bool]:
    """A notice where the history was made by ``seed_demo``; else nothing."""
    return {"demonstration": JourneySettings.current().demonstration}
