"""Puts the import page into Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .rights import may_import
from .views import confirm, upload


class _ImportItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_import(request.user)


@hooks.register("register_admin_urls")
def _addresses() -> list[Any]:
    return [
        path("content/import/", upload, name="content_import"),
        path("content/import/<str:token>/", confirm, name="content_import_preview"),
    ]


@hooks.register("register_admin_menu_item")
def _import_item() -> MenuItem:
    return _ImportItem(
        _("Import"), reverse("content_import"), name="import", icon_name="upload", order=95
    )
