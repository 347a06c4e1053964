"""Registers the room with Django."""

from django.apps import AppConfig


class IndexConfig(AppConfig):
    """Keeps the search index true."""

    name = "search.index"
    label = "search_index"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import listeners
        from .tuning import listening

        listeners.connect()
        listening.connect()
