"""Registers the room with Django."""

from django.apps import AppConfig


class InsightsConfig(AppConfig):
    """Gaps, replay and figures."""

    name = "search.insights"
    label = "insights"
    default_auto_field = "django.db.models.BigAutoField"
