"""Insights > Alerts: filtered, sorted, exported; the same number of queries however many rows."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import HeaderButton

from content.admin.spreadsheets import TEXT_CELLS
from content.audience import Audience
from search.insights.alerts import access, wording
from search.insights.alerts.models import Alert, Level


class AlertFilterSet(WagtailFilterSet):
    """State, level, owner, rule, and when it began."""

    state = django_filters.MultipleChoiceFilter(
        label=_("State"),
        choices=Alert.State,
        widget=django_filters.widgets.forms.CheckboxSelectMultiple,
    )
    level = django_filters.ChoiceFilter(label=_("Level"), choices=Level, empty_label=_("All"))
    owner = django_filters.ModelChoiceFilter(
        label=_("Owner"),
        queryset=lambda request: access.owners(),
        empty_label=_("All"),
        null_label=_("Nobody"),
    )
    begun = django_filters.DateFromToRangeFilter(label=_("Begun"), widget=DateRangePickerWidget)

    class Meta:
        model = Alert
        fields = ["state", "level", "owner", "begun"]


class AlertsView(ReportView):
    """The list. Without a filter: what is not closed."""

    model = Alert
    page_title = _("Alerts")
    header_icon = "warning"
    template_name = "insights/alerts/alerts.html"
    results_template_name = "insights/alerts/alerts_results.html"
    index_url_name = "alerts:alerts"
    index_results_url_name = "alerts:alerts_results"
    permission_policy = access.alerts
    any_permission_required = ["view", "change"]
    permission_required = None
    filterset_class = AlertFilterSet
    is_searchable = False
    default_ordering = "-begun"
    paginate_by = 25
    columns = [
        TitleColumn("shown_name", label=_("Alert"), url_name="alerts:alert", sort_key="name"),
        StatusTagColumn(
            "get_level_display",
            label=_("Level"),
            sort_key="level",
            primary=lambda alert: alert.level == Level.CRITICAL,
        ),
        StatusTagColumn(
            "get_state_display",
            label=_("State"),
            sort_key="state",
            primary=lambda alert: alert.state == Alert.State.OPEN,
        ),
        Column("owner", label=_("Owner"), sort_key="owner"),
        DateColumn("begun", label=_("Begun"), sort_key="begun"),
        DateColumn("ended", label=_("Over since"), sort_key="ended"),
        Column("follow_up", label=_("Follow-up"), sort_key="follow_up"),
    ]
    list_export = [
        *("shown_name", "get_level_display", "get_state_display", "owner", "begun", "ended"),
        *("follow_up", "closed", "narrowed_in_words", "found_in_words"),
    ]
    export_headings = {
        "shown_name": _("Alert"),
        "get_level_display": _("Level"),
        "get_state_display": _("State"),
        "narrowed_in_words": _("Narrowed to"),
        "found_in_words": _("What was found"),
    }
    export_filename = "alerts"
    custom_value_preprocess = TEXT_CELLS

    @cached_property
    def header_more_buttons(self) -> list[HeaderButton]:
        """The ways to rules, webhooks and settings, for whom they are open."""
        user = self.request.user
        buttons = []
        if access.rules.user_has_any_permission(user, ["view", "change"]):
            buttons.append(
                HeaderButton(_("Rules"), url=reverse("alert_rules:index"), icon_name="list-ul")
            )
        if access.webhooks.user_has_permission(user, "change"):
            buttons.append(
                HeaderButton(_("Webhooks"), url=reverse("alert_webhooks:index"), icon_name="link")
            )
        if user.has_perm("insights.change_alertsettings"):
            url = reverse("wagtailsettings:edit", args=["insights", "alertsettings"])
            buttons.append(HeaderButton(_("Quiet hours"), url=url, icon_name="cog"))
        return buttons

    def get_base_queryset(self) -> QuerySet[Alert]:
        """All alerts, with their owners."""
        return super().get_base_queryset().select_related("owner")

    def get_filtered_queryset(self) -> QuerySet[Alert]:
        """Filtered once; the report's own way filters a second time."""
        return self.get_queryset()

    def filter_queryset(self, queryset: QuerySet[Alert]) -> QuerySet[Alert]:
        """As asked; where no state is asked for, what is not closed."""
        queryset = super().filter_queryset(queryset)
        if "state" in self.request.GET:
            return queryset
        return queryset.exclude(state=Alert.State.CLOSED)

    def order_queryset(self, queryset: QuerySet[Alert]) -> QuerySet[Alert]:
        """As asked; equal ones always in the same order."""
        return super().order_queryset(queryset).order_by(self.ordering, "-pk")

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        """With the name as far as the reader may see it."""
        reader = Audience.of(self.request.user)
        for alert in object_list:
            alert.shown_name = wording.name(alert, reader)
        return object_list

    def to_row_dict(self, item: Alert) -> Any:
        """One row of the file, in words that the reader may see."""
        reader = Audience.of(self.request.user)
        item.shown_name = wording.name(item, reader)  # type: ignore[attr-defined]
        words = wording.narrowed(item.narrowed, reader)
        item.narrowed_in_words = " · ".join(words)  # type: ignore[attr-defined]
        found = wording.lines(item.found, reader)
        item.found_in_words = "\n".join(  # type: ignore[attr-defined]
            f"{line.joined} {line.asks}: {line.found}".strip() for line in found
        )
        return super().to_row_dict(item)
