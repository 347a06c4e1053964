"""Puts departments, touchpoints and digests into the admin."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.model import ModelViewSet

from content.admin.menu import GuardedMenuItem

from .digests import DigestsView, DigestView, sees_any
from .editing import DepartmentViewSet, TouchpointViewSet


@hooks.register("register_insights_menu_item")
def _digests() -> MenuItem:
    return GuardedMenuItem(
        _("Weekly digests"),
        reverse("departments:digests"),
        name="digests",
        icon_name="mail",
        order=98,
        shown_to=sees_any,
    )


@hooks.register("register_admin_viewset")
def _viewsets() -> list[ModelViewSet]:
    return [DepartmentViewSet(), TouchpointViewSet()]


@hooks.register("register_admin_urls")
def _addresses() -> list[URLPattern | URLResolver]:
    pages = [
        path("", DigestsView.as_view(), name="digests"),
        path("<int:pk>/", DigestView.as_view(), name="digest"),
    ]
    return [path("insights/digests/", include((pages, "departments")))]


@hooks.register("register_permissions")
def _permissions():
    from django.contrib.auth.models import Permission

    return Permission.objects.filter(
        content_type__app_label="insights",
        content_type__model__in=("department", "touchpoint"),
    )
