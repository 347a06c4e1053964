"""Registers the room with Django."""

from django.apps import AppConfig


class JourneysConfig(AppConfig):
    """What people did."""

    name = "search.journeys"
    label = "journeys"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import changes  # noqa: F401 - hears of contacts that change
