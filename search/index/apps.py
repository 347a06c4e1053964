"""Registers the room with Django."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class IndexConfig(AppConfig):
    """Keeps the search index true."""

    name = "search.index"
    label = "search_index"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import background, listeners, roles
        from .tuning import listening

        listeners.connect()
        background.listen()
        listening.connect()
        post_migrate.connect(roles.grant, sender=self)
