"""Puts Questions, and their class words, into the admin's Insights."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, re_path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.model import ModelViewSet

from content.admin.menu import GuardedMenuItem

from . import access, uploading
from .class_words import ClassWordViewSet
from .group import CheckNowView, DecideView, GroupView
from .listing import QuestionsView


@hooks.register("register_insights_menu_item")
def questions_menu_item() -> MenuItem:
    """Insights > Questions."""
    return GuardedMenuItem(
        _("Questions"),
        reverse("questions:index"),
        name="questions",
        icon_name="comment",
        order=20,
        shown_to=access.may_see,
    )


@hooks.register("register_admin_urls")
def questions_urls() -> list[URLPattern | URLResolver]:
    """Addresses under /admin/insights/questions/."""
    pages = [
        path("", QuestionsView.as_view(), name="index"),
        path("results/", QuestionsView.as_view(results_only=True), name="results"),
        path("imports/", uploading.ImportsView.as_view(), name="imports"),
        path("imports/<int:pk>/", uploading.ColumnsView.as_view(), name="columns"),
        path("imports/<int:pk>/errors/", uploading.ErrorsView.as_view(), name="errors"),
        path("group-now/", uploading.GroupNowView.as_view(), name="group_now"),
        path("check-now/", CheckNowView.as_view(), name="check_now"),
        path("<int:pk>/", GroupView.as_view(), name="group"),
        re_path(
            r"^(?P<pk>\d+)/(?P<action>check|merge|split|rename|classify|ignore|reopen|assign)/$",
            DecideView.as_view(),
            name="decide",
        ),
    ]
    return [path("insights/questions/", include((pages, "questions")))]


@hooks.register("register_admin_viewset")
def class_words() -> ModelViewSet:
    """Insights > Class words."""
    return ClassWordViewSet("class_words")
