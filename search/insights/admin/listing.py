"""Insights > Gaps: filtered, sorted, exported; the same number of queries however many rows."""

from __future__ import annotations

from typing import Any

import django_filters
from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.reports import ReportView

from content.admin.spreadsheets import TEXT_CELLS
from search.insights.diagnosis.models import Kind
from search.insights.figures import Impact, impact
from search.insights.models import UNFINISHED, Gap, Reason, State

from . import access


class GapFilterSet(WagtailFilterSet):
    """State, diagnosis, language, owner, reason, and when it was last asked."""

    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=State, widget=django_filters.widgets.forms.CheckboxSelectMultiple
    )
    diagnosis = django_filters.ChoiceFilter(
        label=_("Diagnosis"), choices=Kind, field_name="diagnosis__kind", empty_label=_("All")
    )
    locale = django_filters.ChoiceFilter(
        label=_("Language"), choices=settings.LANGUAGES, method="asked_in", empty_label=_("All")
    )
    owner = django_filters.ModelChoiceFilter(
        label=_("Owner"),
        queryset=lambda request: access.owners(),
        empty_label=_("All"),
        null_label=_("Nobody"),
    )
    reason = django_filters.ChoiceFilter(
        label=_("Reason"), choices=Reason, method="with_reason", empty_label=_("All")
    )
    last_seen = django_filters.DateFromToRangeFilter(
        label=_("Last asked"), widget=DateRangePickerWidget
    )

    class Meta:
        model = Gap
        fields = ["state", "diagnosis", "locale", "owner", "reason", "last_seen"]

    def asked_in(self, queryset: QuerySet[Gap], name: str, value: str) -> QuerySet[Gap]:
        """Gaps of this language, or with a wording in it among those joined."""
        joined = Gap.objects.filter(locale=value, joined_into__isnull=False)
        return queryset.filter(Q(locale=value) | Q(pk__in=joined.values("joined_into")))

    def with_reason(self, queryset: QuerySet[Gap], name: str, value: str) -> QuerySet[Gap]:
        """Gaps with at least one search that failed for this reason."""
        return queryset.filter(**{f"{Reason(value).value}__gt": 0})


class TrendColumn(Column):
    """Last week beside the week before, in words and figures."""

    cell_template_name = "insights/trend_cell.html"


class ImpactColumn(Column):
    """So many a week, with the interval where there were few."""

    cell_template_name = "insights/impact_cell.html"

    def __init__(self, name: str, *, count: str, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.count = count

    def get_value(self, instance: Gap) -> Impact:
        """Counted over the last four weeks."""
        return impact(getattr(instance, self.count), instance.weeks)


class DueColumn(Column):
    """The day by which a gap should be closed, and whether it has passed."""

    cell_template_name = "insights/due_cell.html"


class ReasonsColumn(Column):
    """The reasons with their counts."""

    cell_template_name = "insights/reasons_cell.html"

    def get_value(self, instance: Gap) -> list[tuple[str, int]]:
        """Pairs of a reason's name and its number of failed searches, where there are any."""
        counts = [(str(reason.label), getattr(instance, reason.value)) for reason in Reason]
        return [(label, number) for label, number in counts if number]


class GapsView(ReportView):
    """The list. Without a filter: what is not finished."""

    model = Gap
    page_title = _("Gaps")
    header_icon = "warning"
    template_name = "insights/gaps.html"
    results_template_name = "insights/gaps_results.html"
    index_url_name = "insights:gaps"
    index_results_url_name = "insights:gaps_results"
    permission_policy = access.policy
    permission_required = "view"
    filterset_class = GapFilterSet
    is_searchable = True
    search_fields = ["question"]
    default_ordering = "-people_a_week"
    paginate_by = 25
    columns = [
        TitleColumn("question", label=_("Question"), url_name="insights:gap", sort_key="question"),
        StatusTagColumn(
            "get_state_display",
            label=_("State"),
            sort_key="state",
            primary=lambda gap: gap.state in UNFINISHED,
        ),
        Column("diagnosis_name", label=_("Diagnosis"), sort_key="diagnosis__kind"),
        ImpactColumn(
            "people_a_week",
            label=_("People a week"),
            count="week_people",
            sort_key="people_a_week",
        ),
        ImpactColumn(
            "contacts_a_week",
            label=_("Contacts a week"),
            count="week_contacts",
            sort_key="contacts_a_week",
        ),
        NumberColumn("people", label=_("People"), sort_key="people"),
        NumberColumn("intents", label=_("Intents"), sort_key="intents"),
        TrendColumn("trend", label=_("Trend"), sort_key="trend"),
        ReasonsColumn("reasons", label=_("Why it failed")),
        Column("locale_name", label=_("Language"), sort_key="locale"),
        Column("owner", label=_("Owner"), sort_key="owner"),
        DueColumn("due", label=_("Due"), sort_key="due"),
        Column("last_seen", label=_("Last asked"), sort_key="last_seen"),
    ]
    list_export = [
        *(
            "question",
            "get_state_display",
            "diagnosis_name",
            "people_a_week",
            "contacts_a_week",
            "people",
            "intents",
            "last_week",
            "previous_week",
        ),
        *(
            "no_answer",
            "no_click",
            "contact",
            "flagged",
            "unhelpful",
            "asked",
            "locale",
            "owner",
            "due",
            "created",
            "last_seen",
        ),
    ]
    export_headings = {
        "get_state_display": _("State"),
        "diagnosis_name": _("Diagnosis"),
        "no_answer": Reason.NO_ANSWER.label,
        "no_click": Reason.NO_CLICK.label,
        "contact": Reason.CONTACT.label,
        "flagged": Reason.FLAGGED.label,
        "unhelpful": Reason.UNHELPFUL.label,
        "asked": Reason.ASKED.label,
    }
    export_filename = "gaps"
    custom_value_preprocess = TEXT_CELLS

    def get_base_queryset(self) -> QuerySet[Gap]:
        """All gaps that are no part of another one, with their owners and diagnoses."""
        gaps = super().get_base_queryset().filter(joined_into=None)
        return gaps.select_related("owner", "diagnosis")

    def get_filtered_queryset(self) -> QuerySet[Gap]:
        """Filtered once; the report's own way filters a second time."""
        return self.get_queryset()

    def filter_queryset(self, queryset: QuerySet[Gap]) -> QuerySet[Gap]:
        """As asked; where no state is asked for, the unfinished ones."""
        queryset = super().filter_queryset(queryset)
        if self.request.GET.getlist("state"):
            return queryset
        return queryset.filter(state__in=UNFINISHED)

    def order_queryset(self, queryset: QuerySet[Gap]) -> QuerySet[Gap]:
        """As asked; equal ones always in the same order."""
        return (
            super()
            .order_queryset(queryset)
            .order_by(self.ordering, "-contacts_a_week", "-intents", "pk")
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The list, and where to see all of it."""
        context = super().get_context_data(**kwargs)
        context["all_states_url"] = (
            reverse("insights:gaps") + "?" + "&".join(f"state={s}" for s in State.values)
        )
        return context
