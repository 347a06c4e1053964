"""Puts what concerns the index into the admin's reports."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from content.admin.menu import GuardedMenuItem

from .admin import by_meaning, rebuild_due
from .admin.set_aside import SetAsideView, may_see


@hooks.register("register_reports_menu_item")
def set_aside_menu_item() -> MenuItem:
    """Reports > Changes that could not be indexed."""
    return GuardedMenuItem(
        _("Changes that could not be indexed"),
        reverse("set_aside"),
        name="set-aside",
        icon_name="warning",
        order=900,
        shown_to=may_see,
    )


@hooks.register("register_admin_urls")
def set_aside_urls() -> list[URLPattern]:
    """Addresses under /admin/reports/."""
    view = SetAsideView
    return [
        path("reports/set-aside/", view.as_view(), name="set_aside"),
        path(
            "reports/set-aside/results/", view.as_view(results_only=True), name="set_aside_results"
        ),
    ]


@hooks.register("register_reports_menu_item")
def by_meaning_menu_item() -> MenuItem:
    """Reports > Finding by meaning, where an embedder is wanted and there."""
    return GuardedMenuItem(
        _("Finding by meaning"),
        reverse("by_meaning"),
        name="by-meaning",
        icon_name="search",
        order=890,
        shown_to=by_meaning.is_shown_to,
    )


@hooks.register("register_admin_urls")
def by_meaning_urls() -> list[URLPattern]:
    """One page under /admin/reports/."""
    return [path("reports/meaning/", by_meaning.ByMeaningView.as_view(), name="by_meaning")]


@hooks.register("construct_homepage_panels")
def rebuild_due_panel(request: HttpRequest, panels: list[Component]) -> None:
    """The first thing that an administrator sees, where there is anything to see."""
    if rebuild_due.may_see(request.user):
        panels.append(rebuild_due.RebuildDuePanel())
