"""Puts alerts into the admin."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, re_path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.model import ModelViewSet

from content.admin.menu import GuardedMenuItem
from search.insights.alerts import access

from .alert import AlertActionView, AlertView
from .listing import AlertsView
from .panel import AlertsPanel
from .rules import RULES, PreviewView, WebhookTestView, WebhookViewSet


@hooks.register("register_insights_menu_item")
def _alerts() -> MenuItem:
    return GuardedMenuItem(
        _("Alerts"),
        reverse("alerts:alerts"),
        name="alerts",
        icon_name="warning",
        order=70,
        shown_to=access.may_see,
    )


@hooks.register("register_admin_viewset")
def _viewsets() -> list[ModelViewSet]:
    return [RULES, WebhookViewSet()]


@hooks.register("register_admin_urls")
def _addresses() -> list[URLPattern | URLResolver]:
    pages = [
        path("alerts/", AlertsView.as_view(), name="alerts"),
        path("alerts/results/", AlertsView.as_view(results_only=True), name="alerts_results"),
        path("alerts/preview/", PreviewView.as_view(), name="preview"),
        path("alerts/webhooks/<int:pk>/test/", WebhookTestView.as_view(), name="test"),
        path("alerts/<int:pk>/", AlertView.as_view(), name="alert"),
        re_path(
            r"^alerts/(?P<pk>\d+)/(?P<action>acknowledge|assign|note|follow_up|close|again)/$",
            AlertActionView.as_view(),
            name="action",
        ),
    ]
    return [path("insights/", include((pages, "alerts")))]


@hooks.register("construct_homepage_panels")
def _panel(request: HttpRequest, panels: list[Component]) -> None:
    if access.may_see(request.user):
        panels.append(AlertsPanel(request.user))


@hooks.register("register_permissions")
def _permissions():
    from django.contrib.auth.models import Permission

    return Permission.objects.filter(
        content_type__app_label="insights",
        codename__in=("view_alert", "change_alert", "view_alertrule", "change_alertsettings"),
    )
