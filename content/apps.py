"""Registers the room with Django."""

from django.apps import AppConfig


class ContentConfig(AppConfig):
    """Articles, FAQ entries, categories, snippets."""

    name = "content"
    label = "content"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import announcements  # noqa: F401
