"""Registers the room with Django."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The agent's console."""

    name = "search.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"
