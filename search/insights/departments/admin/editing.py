"""Insights > Departments and Insights > Touchpoints: lists and editors."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from content.admin.choosers import PageChooser
from content.models import Category
from search.insights.departments.models import Department, Touchpoint


class DepartmentsIndexView(generic.IndexView):
    """The list: with people, in the same number of queries however many."""

    def get_base_queryset(self) -> QuerySet[Department]:
        """With what the columns show."""
        return Department.objects.prefetch_related("people", "touchpoints")


class TouchpointsIndexView(generic.IndexView):
    """The list: with what belongs to each."""

    def get_base_queryset(self) -> QuerySet[Touchpoint]:
        """With what the columns show."""
        rows = Touchpoint.objects.select_related("department")
        return rows.prefetch_related("rules__category", "rules__group")


def _joined(rows: Any) -> str:
    return ", ".join(map(str, rows.all()))


class DepartmentViewSet(ModelViewSet):
    """Who can act on what customers ask."""

    model = Department
    name = "departments_of_insights"
    url_prefix = "insights/departments"
    icon = "group"
    menu_label = _("Departments")
    menu_hook = "register_insights_menu_item"
    menu_order = 96
    add_to_admin_menu = True
    copy_view_enabled = False
    index_view_class = DepartmentsIndexView
    list_display = [
        "name",
        Column(
            "people",
            label=pgettext_lazy("who belongs to it", "People"),
            accessor=lambda d: _joined(d.people),
        ),
        Column("touchpoints", label=_("Touchpoints"), accessor=lambda d: _joined(d.touchpoints)),
        BooleanColumn("mails", label=_("Weekly digest by e-mail")),
    ]
    search_fields = ["name"]
    panels = [
        FieldPanel("name"),
        FieldPanel("people", widget=forms.CheckboxSelectMultiple),
        FieldPanel("mails"),
    ]


class TouchpointViewSet(ModelViewSet):
    """Where customers meet the house, and what they ask there."""

    model = Touchpoint
    name = "touchpoints"
    url_prefix = "insights/touchpoints"
    icon = "site"
    menu_label = _("Touchpoints")
    menu_hook = "register_insights_menu_item"
    menu_order = 97
    add_to_admin_menu = True
    copy_view_enabled = False
    index_view_class = TouchpointsIndexView
    list_display = [
        "name",
        Column("journey", label=_("Part of the journey"), sort_key="journey"),
        Column("department", label=_("Department"), sort_key="department"),
        Column("rules", label=_("What belongs to it"), accessor=lambda t: _joined(t.rules)),
    ]
    list_filter = ["department"]
    search_fields = ["name", "journey"]
    panels = [
        FieldPanel("name"),
        FieldPanel("journey"),
        FieldPanel("department"),
        InlinePanel(
            "rules",
            heading=_("What belongs to it"),
            label=_("Category or frequent question"),
            panels=[
                FieldPanel("category", widget=PageChooser(target_models=[Category])),
                FieldPanel("group"),
            ],
        ),
    ]
