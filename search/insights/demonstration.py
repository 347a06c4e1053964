"""Whether the figures are a demonstration, which every page of Insights then says."""

from __future__ import annotations

from search.journeys.models import JourneySettings


def is_demonstration() -> bool:
    """Whether the history was made by ``seed_demo``."""
    return JourneySettings.current().demonstration
