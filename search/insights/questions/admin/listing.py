"""The list of frequent questions: filtered, sorted, exported, in the same number of queries."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import django_filters
from django.conf import settings
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.reports import ReportView

from content.admin.spreadsheets import TEXT_CELLS
from search.insights.admin.access import owners
from search.insights.coverage.models import Coverage
from search.insights.coverage.models import State as CoverageState
from search.insights.metrics.calendar import today
from search.insights.metrics.declared import METRICS
from search.insights.metrics.models import FigureSettings
from search.insights.metrics.reading import Scope, read
from search.insights.questions.models import GroupingRun, Kind, QuestionGroup, QuestionText
from search.insights.reports import tables
from search.insights.reports.coverage import share, standing
from search.insights.reports.narrowing import DAYS, query

from . import access

State = QuestionGroup.State


class GroupFilterSet(WagtailFilterSet):
    """State, coverage, class, language, owner, and when it was last asked."""

    state = django_filters.ChoiceFilter(label=_("State"), choices=State, empty_label=_("All"))
    kind = django_filters.ChoiceFilter(label=_("Class"), choices=Kind, empty_label=_("All"))
    locale = django_filters.ChoiceFilter(
        label=_("Language"), choices=settings.LANGUAGES, empty_label=_("All")
    )
    owner = django_filters.ModelChoiceFilter(
        label=_("Owner"),
        queryset=lambda request: owners(),
        empty_label=_("All"),
        null_label=_("Nobody"),
    )
    coverage = django_filters.ChoiceFilter(
        label=_("Coverage"),
        choices=CoverageState,
        field_name="coverage__state",
        empty_label=_("All"),
    )
    last_asked = django_filters.DateFromToRangeFilter(
        label=_("Last asked"), widget=DateRangePickerWidget
    )

    class Meta:
        model = QuestionGroup
        fields = ["state", "coverage", "kind", "locale", "owner", "last_asked"]


#: What a file says of coverage.
COVERAGE = {
    "state": _("Coverage"),
    "entry": _("Entry"),
    "found": _("Times found"),
    "whole": _("Times asked again"),
    "helped": _("Did it help"),
    "reads": _("Reads"),
    "yes": _("Yes"),
    "no": _("No"),
    "readers": _("Readers"),
    "contacts": _("Contacts afterwards"),
}


class CoverageColumn(Column):
    """Whether it is covered, and whether the article helped."""

    cell_template_name = "insights/questions/coverage_cell.html"

    def get_value(self, instance: QuestionGroup) -> Coverage | None:
        """None where nobody has looked yet."""
        return getattr(instance, "coverage", None)


class TrendColumn(Column):
    """Last week beside the week before, in words and figures."""

    cell_template_name = "insights/trend_cell.html"


class QuestionsView(ReportView):
    """The list. Without a filter: what is open."""

    model = QuestionGroup
    page_title = _("Questions")
    header_icon = "comment"
    template_name = "insights/questions/list.html"
    results_template_name = "insights/questions/list_results.html"
    index_url_name = "questions:index"
    index_results_url_name = "questions:results"
    permission_policy = access.groups
    permission_required = "view"
    filterset_class = GroupFilterSet
    is_searchable = True
    search_fields = ["name"]
    default_ordering = "-questions_count"
    paginate_by = 25
    columns = [
        TitleColumn("name", label=_("Question"), url_name="questions:group", sort_key="name"),
        NumberColumn("questions_count", label=_("Asked"), sort_key="questions_count"),
        NumberColumn("people", label=_("People"), sort_key="people"),
        TrendColumn("trend", label=_("Trend"), sort_key="trend"),
        Column("get_kind_display", label=_("Class"), sort_key="kind"),
        CoverageColumn("coverage", label=_("Coverage"), sort_key="coverage__state"),
        Column("owner", label=_("Owner"), sort_key="owner"),
        StatusTagColumn(
            "get_state_display",
            label=_("State"),
            sort_key="state",
            primary=lambda group: group.state == State.OPEN,
        ),
        Column("locale_name", label=_("Language"), sort_key="locale"),
    ]
    list_export = [
        *("pk", "name", "get_kind_display", "get_state_display", "questions_count", "people"),
        *("last_week", "previous_week", "texts_count", "locale", "owner", "last_asked"),
        *(f"covered_{name}" for name in COVERAGE),
    ]
    export_headings = {
        **{f"covered_{name}": label for name, label in COVERAGE.items()},
        "pk": _("Number"),
        "get_kind_display": _("Class"),
        "get_state_display": _("State"),
    }
    export_filename = "questions"
    custom_value_preprocess = TEXT_CELLS

    def get_base_queryset(self) -> QuerySet[QuestionGroup]:
        """Groups that have wordings, with their owners."""
        groups = QuestionGroup.objects.filter(texts_count__gt=0)
        kept = {f"covered_{name}": F(f"coverage__{name}") for name in COVERAGE}
        return groups.select_related("owner", "coverage").annotate(**kept)

    def get_filtered_queryset(self) -> QuerySet[QuestionGroup]:
        """Filtered once; the report's own way filters a second time."""
        return self.get_queryset()

    def filter_queryset(self, queryset: QuerySet[QuestionGroup]) -> QuerySet[QuestionGroup]:
        """As asked; where no state is asked for, the open ones."""
        queryset = super().filter_queryset(queryset)
        return queryset if "state" in self.request.GET else queryset.filter(state=State.OPEN)

    def order_queryset(self, queryset: QuerySet[QuestionGroup]) -> QuerySet[QuestionGroup]:
        """As asked; equal ones always in the same order."""
        return super().order_queryset(queryset).order_by(self.ordering, "pk")

    def _covered(self) -> dict[str, Any]:
        """Coverage in the last days, narrowed to the language of the list, and where it opens."""
        locale = self.request.GET.get("locale", "")
        scope = Scope(today() - timedelta(days=DAYS - 1), today(), locale=locale)
        metric = METRICS["coverage"]
        sums = read(scope, metric.columns).now
        minimum = FigureSettings.current().minimum
        figure = metric.of(sums, minimum)
        now = share(standing(scope), CoverageState.COVERED, minimum)
        return {
            "now": tables.figure(now).text,
            "value": tables.figure(figure).text,
            "interval": tables.interval(figure).text,
            "n": figure.n,
            "days": DAYS,
            "address": f"{reverse('figures:figure', args=[metric.key])}?{query(scope)}",
            "page": f"{reverse('figures:coverage')}?{query(scope)}",
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The list, how the last grouping went, and how much stands in no group."""
        return super().get_context_data(
            run=GroupingRun.objects.first(),
            unassigned=QuestionText.objects.filter(group=None).count(),
            covered=self._covered(),
            may_import=access.may_import(self.request.user),
            **kwargs,
        )
