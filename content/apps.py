"""Registers the room with Django."""

from django.apps import AppConfig, apps
from django.db.models.signals import post_delete, post_migrate, post_save


class ContentConfig(AppConfig):
    """Articles, FAQ entries, categories, snippets."""

    name = "content"
    label = "content"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import announcements  # noqa: F401
        from .files import uses
        from .models import Edition
        from .roles import ensure_roles
        from .signals import entries_changed

        entries_changed.connect(uses.entries_changed, dispatch_uid="content-file-uses")
        entries_changed.connect(Edition.advance, dispatch_uid="content-edition")
        for shown in ("wagtailimages.Image", "wagtaildocs.Document"):
            post_save.connect(Edition.advance, sender=shown, dispatch_uid=f"content-{shown}")
            post_delete.connect(Edition.advance, sender=shown, dispatch_uid=f"content-{shown}-gone")

        # After the last of the apps below: rights and the root page are there by then.
        post_migrate.connect(ensure_roles, sender=apps.get_app_config("auth"))
