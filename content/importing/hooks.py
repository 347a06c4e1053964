"""Puts the import page into Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from content.admin.menu import GuardedMenuItem

from .rights import may_import
from .views import confirm, upload


@hooks.register("register_admin_urls")
def _addresses() -> list[Any]:
    return [
        path("content/import/", upload, name="content_import"),
        path("content/import/<str:token>/", confirm, name="content_import_preview"),
    ]


@hooks.register("register_admin_menu_item")
def _import_item() -> MenuItem:
    return GuardedMenuItem(
        _("Import"),
        reverse("content_import"),
        name="import",
        icon_name="upload",
        order=95,
        shown_to=may_import,
    )
