"""Puts the pages of figures into the admin."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.model import ModelViewSet

from content.admin.menu import GuardedMenuItem

from . import access
from .agents import AgentsPage
from .contacts import MENU_HOOK, ContactViewSet
from .content_health import ContentPage
from .coverage import CoveragePage
from .figure import FigurePage
from .overview import OverviewPage
from .searches import SearchesPage
from .state import StatePage


def _item(label: Any, page: Any, name: str, icon: str, order: int) -> MenuItem:
    return GuardedMenuItem(
        label,
        reverse(f"figures:{name}"),
        name=f"figures-{name}",
        icon_name=icon,
        order=order,
        shown_to=access.sees(page.permission_required),
    )


@hooks.register(MENU_HOOK)
def _overview() -> MenuItem:
    return _item(_("Overview"), OverviewPage, "overview", "view", 5)


@hooks.register(MENU_HOOK)
def _searches() -> MenuItem:
    return _item(SearchesPage.page_title, SearchesPage, "searches", "search", 20)


@hooks.register(MENU_HOOK)
def _coverage() -> MenuItem:
    return _item(CoveragePage.page_title, CoveragePage, "coverage", "comment", 25)


@hooks.register(MENU_HOOK)
def _content() -> MenuItem:
    return _item(_("Content health"), ContentPage, "content", "doc-full", 40)


@hooks.register(MENU_HOOK)
def _agents() -> MenuItem:
    return _item(_("Agents"), AgentsPage, "agents", "group", 50)


@hooks.register("register_admin_viewset")
def _contacts() -> ModelViewSet:
    return ContactViewSet()


@hooks.register("register_admin_urls")
def _addresses() -> list[URLPattern | URLResolver]:
    pages = [
        path("overview/", OverviewPage.as_view(), name="overview"),
        path("searches/", SearchesPage.as_view(), name="searches"),
        path("coverage/", CoveragePage.as_view(), name="coverage"),
        path("content/", ContentPage.as_view(), name="content"),
        path("content/<slug:name>/", StatePage.as_view(), name="state"),
        path("agents/", AgentsPage.as_view(), name="agents"),
        path("figures/<slug:key>/", FigurePage.as_view(), name="figure"),
    ]
    return [path("insights/", include((pages, "figures")))]
