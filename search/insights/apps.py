"""Registers the room with Django and listens to the rooms below."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class InsightsConfig(AppConfig):
    """Gaps and replay."""

    name = "search.insights"
    label = "insights"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import listening, roles  # noqa: F401

        post_migrate.connect(roles.grant, sender=self)
