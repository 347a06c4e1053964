"""All entries in one list: filters, search in titles, export."""

from __future__ import annotations

from typing import Any

import django_filters
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, LocaleColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Locale, Page
from wagtail.permissions import page_permission_policy

from content.audience import Audience
from content.models import Category, Confidence, Entry, Kind, State

from .spreadsheets import TEXT_CELLS

_WORKING = {"add", "change", "publish"}


class EntryFilterSet(WagtailFilterSet):
    """What a list of entries can be narrowed to."""

    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Kind.choices)
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=State.choices, method="filter_state"
    )
    confidence = django_filters.MultipleChoiceFilter(
        label=_("Confidence"), choices=Confidence.choices
    )
    audience = django_filters.MultipleChoiceFilter(label=_("Audience"), choices=Audience.choices)
    responsible = django_filters.ModelChoiceFilter(
        label=_("Owner"),
        queryset=lambda request: (
            get_user_model().objects.filter(entries_responsible_for__isnull=False).distinct()
        ),
    )
    verify_by = django_filters.DateFromToRangeFilter(
        label=_("Verify by"), widget=DateRangePickerWidget
    )
    locale = django_filters.ModelChoiceFilter(label=_("Language"), queryset=Locale.objects.all())
    category = django_filters.ModelChoiceFilter(
        label=_("Category"),
        queryset=Category.objects.order_by("path"),
        method="filter_category",
    )

    class Meta:
        model = Entry
        fields = [
            "kind",
            "state",
            "confidence",
            "audience",
            "responsible",
            "verify_by",
            "locale",
            "category",
        ]

    def filter_state(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.in_state(value)

    def filter_category(self, queryset: Any, name: str, value: Category) -> Any:
        return queryset.below(value)


def _verify_by(entry: Entry) -> str:
    # A date, for Wagtail's own column calls every day to come "just now".
    return date_format(entry.verify_by, "SHORT_DATE_FORMAT") if entry.verify_by else ""


class EntryListing(ReportView):
    """Entries that the user may work on. One query for the entries, whatever their number."""

    page_title = _("Content")
    header_icon = "doc-full-inverse"
    index_url_name = "content_entries"
    index_results_url_name = "content_entries_results"
    filterset_class = EntryFilterSet
    is_searchable = True
    search_backend_name = None
    search_fields = ["title", "keywords"]
    default_ordering = "-latest_revision_created_at"
    permission_policy = page_permission_policy
    any_permission_required = _WORKING
    columns = [
        TitleColumn(
            "title", label=_("Title"), url_name="wagtailadmin_pages:edit", sort_key="title"
        ),
        Column("get_kind_display", label=_("Kind"), sort_key="kind"),
        Column("state_label", label=_("State")),
        Column("get_confidence_display", label=_("Confidence"), sort_key="confidence"),
        Column("get_audience_display", label=_("Audience"), sort_key="audience"),
        LocaleColumn(label=_("Language")),
        Column("category_title", label=_("Category"), sort_key="path"),
        Column("responsible", label=_("Owner"), sort_key="responsible__username"),
        Column("verify_by", label=_("Verify by"), accessor=_verify_by, sort_key="verify_by"),
        DateColumn(
            "latest_revision_created_at",
            label=_("Updated"),
            sort_key="latest_revision_created_at",
        ),
    ]
    export_headings = {
        "get_kind_display": _("Kind"),
        "state_label": _("State"),
        "get_confidence_display": _("Confidence"),
        "get_audience_display": _("Audience"),
        "locale.language_code": _("Language"),
        "category_title": _("Category"),
        "responsible": _("Owner"),
        "backup_owner": _("Backup owner"),
        "verify_by": _("Verify by"),
        "verified_at": _("Last verified"),
        "verified_by": _("Verified by"),
        "last_published_at": _("Published"),
        "url_path": _("Address"),
    }
    list_export = ["id", "title", *export_headings]
    custom_value_preprocess = TEXT_CELLS

    def get_base_queryset(self) -> QuerySet[Entry]:
        """What the user may work on and may read."""
        user = self.request.user
        pages = page_permission_policy.instances_user_has_any_permission_for(user, _WORKING)
        readable = [a.value for a in Audience.of(user).visible()]
        return (
            Entry.objects.filter(pk__in=pages.order_by().values("pk"), audience__in=readable)
            .select_related("locale", "responsible", "backup_owner", "verified_by")
            .defer("body", "lead")
        )

    def decorate_paginated_queryset(self, object_list: Any) -> list[Entry]:
        """Adds the names of states and categories."""
        entries = list(object_list)
        titles = dict(Category.objects.values_list("path", "title"))
        for entry in entries:
            entry.state_label = entry.state.label
            entry.category_title = titles.get(entry.path[: -Page.steplen], "")
        return entries
