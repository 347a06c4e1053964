"""Registers the room with Django."""

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class ContentConfig(AppConfig):
    """Articles, FAQ entries, categories, snippets."""

    name = "content"
    label = "content"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import announcements  # noqa: F401
        from .files import uses
        from .roles import ensure_roles
        from .signals import entries_changed

        entries_changed.connect(uses.entries_changed, dispatch_uid="content-file-uses")

        # After the last of the apps below: rights and the root page are there by then.
        post_migrate.connect(ensure_roles, sender=apps.get_app_config("auth"))
