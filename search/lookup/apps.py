"""Registers the room with Django."""

from django.apps import AppConfig


class LookupConfig(AppConfig):
    """The one search service."""

    name = "search.lookup"
    label = "lookup"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import surroundings  # noqa: F401
