"""What this room adds to Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry
from wagtail.permissions import page_permission_policy

from content.admin import choosers
from content.admin.listing import EntryListing
from content.admin.menu import GuardedMenuItem
from content.admin.translating import TranslatePageView
from content.admin.verifying import verified
from content.importing import hooks as _importing_hooks  # noqa: F401
from content.models import Entry

choosers.register()


class _VerifiedItem(ActionMenuItem):
    """In the menu of the editor's button, since that is where a reader has just read."""

    name = "action-verified"
    label = _("Verified: still true")
    icon_name = "check"

    def is_shown(self, context: dict[str, Any]) -> bool:
        page = context.get("page")
        return context["view"] == "edit" and isinstance(page, Entry) and page.live

    def render_html(self, parent_context: Any) -> str:
        """A button that posts to its own address, without the editor's unsaved text."""
        context = self.get_context_data(parent_context)
        address = reverse("content_verified", args=[context["page"].pk])
        request = parent_context["request"]
        return render_to_string(
            "content/admin/verified.html", {"address": address, "item": self}, request=request
        )


@hooks.register("register_admin_urls")
def _addresses() -> list[Any]:
    return [
        path("content/", EntryListing.as_view(), name="content_entries"),
        path(
            "content/results/",
            EntryListing.as_view(results_only=True),
            name="content_entries_results",
        ),
        path("content/<int:pk>/verified/", verified, name="content_verified"),
    ]


@hooks.register("register_admin_urls", order=-1)
def _instead_of_wagtails() -> list[Any]:
    """Found before the same address of `wagtail.contrib.simple_translation`."""
    return [path("translation/submit/page/<int:page_id>/", TranslatePageView.as_view())]


@hooks.register("register_admin_menu_item")
def _content_item() -> MenuItem:
    work = {"add", "change", "publish"}
    return GuardedMenuItem(
        _("Content"),
        reverse("content_entries"),
        name="content",
        icon_name="doc-full",
        order=90,
        shown_to=lambda user: page_permission_policy.user_has_any_permission(user, work),
    )


@hooks.register("insert_global_admin_css")
def _admin_style() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("content/admin.css"))


@hooks.register("register_page_action_menu_item")
def _verified_item() -> ActionMenuItem:
    return _VerifiedItem(order=80)


@hooks.register("register_log_actions")
def _log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("content.verify", _("Verify"), _("Verified"))
