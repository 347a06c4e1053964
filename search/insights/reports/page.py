"""What all pages of figures share: narrowing, sections, export of each table."""

from __future__ import annotations

from abc import abstractmethod
from collections import OrderedDict
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from content.admin.spreadsheets import TEXT_CELLS
from search.insights.metrics.calendar import day_of, today
from search.insights.metrics.metric import Metric, Unit
from search.insights.metrics.models import CountedDay, FigureSettings, Period
from search.insights.metrics.reading import Read, Scope

from . import access, tables
from .narrowing import ScopeForm, query
from .tables import Cell, Chart, Column, Section, Table

_RANGES = (7, 30, 90, 365)


class FiguresPage(
    SpreadsheetExportMixin, PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView
):
    """A page of sections; a subclass says which, and what they can be narrowed to."""

    template_name = "insights/figures.html"
    permission_policy = access.policy
    permission_required = access.FIGURES
    custom_value_preprocess = TEXT_CELLS
    list_export: list[str] = []
    narrowed_by: tuple[str, ...] = ("locale", "channel", "category", "audience")
    #: What of the address a new narrowing keeps.
    keeps: tuple[str, ...] = ()
    kind = "customer"

    @cached_property
    def form(self) -> ScopeForm:
        """What the address asks for."""
        seen = access.audiences(self.request.user)
        return ScopeForm(self.request.GET, self.narrowed_by, seen)

    @cached_property
    def scope(self) -> Scope:
        """The same, as it is read."""
        return self.form.scope(self.kind)

    @cached_property
    def minimum(self) -> int:
        """The smallest n that a rate is shown for."""
        return FigureSettings.current().minimum

    @cached_property
    def sections(self) -> Sequence[Section]:
        """The page; made once a request."""
        return list(self.get_sections())

    @abstractmethod
    def get_sections(self) -> Sequence[Section]:
        """What the page shows."""

    def get(  # type: ignore[override]
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """The page, or one of its tables as a file."""
        if not self.is_export:
            return super().get(request, *args, **kwargs)
        table = self._table(request.GET.get("table", ""))
        self.list_export = [column.key for column in table.columns]
        self.export_headings = {column.key: column.label for column in table.columns}
        self.export_filename = f"{table.name}-{self.scope.first}-{self.scope.last}"
        return self.as_spreadsheet(table.rows, request.GET["export"])

    def _table(self, name: str) -> Table:
        every = [t for s in self.sections for t in (*s.tables, *(c.table for c in s.charts))]
        for table in every:
            if table.name == name or not name:
                return table
        raise Http404

    def to_row_dict(self, item: dict[str, Cell]) -> OrderedDict[str, Any]:
        """One row of the file."""
        return OrderedDict((key, item[key].exported) for key in self.list_export)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home > this page."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Sections, the form, ready ranges, and how fresh the figures are."""
        newest = CountedDay.objects.order_by("-counted").values_list("counted", flat=True).first()
        return super().get_context_data(
            form=self.form,
            scope=self.scope,
            sections=self.sections,
            ranges=[(days, self._range(days)) for days in _RANGES],
            counted=newest,
            rest=self._rest(),
            kept=[(n, self.request.GET[n]) for n in self.keeps if n in self.request.GET],
            **kwargs,
        )

    def _rest(self) -> str:
        data = self.request.GET.copy()
        for name in ("export", "table"):
            data.pop(name, None)
        return data.urlencode()

    def _range(self, days: int) -> str:
        data = self.request.GET.copy()
        for name in ("export", "table", "page"):
            data.pop(name, None)
        data["last"] = today().isoformat()
        data["first"] = (today() - timedelta(days=days - 1)).isoformat()
        return data.urlencode()

    def opens(self, metric: Metric, **more: Any) -> str:
        """The address at which a number opens."""
        return f"{self.address(metric)}?{query(self.scope, **more)}"

    def address(self, metric: Metric) -> str:
        """The page of a metric."""
        if metric.key not in self._addresses:
            self._addresses[metric.key] = reverse("figures:figure", args=[metric.key])
        return self._addresses[metric.key]

    @cached_property
    def _addresses(self) -> dict[str, str]:
        return {}

    def metric_table(self, name: str, caption: Any, metrics: Sequence[Metric], read: Read) -> Table:
        """Metrics one below the other: value, n, interval, the range before, the change."""
        rows = []
        for metric in metrics:
            now, before = metric.of(read.now, self.minimum), metric.of(read.before, self.minimum)
            url = self.opens(metric)
            rows.append(
                {
                    "metric": Cell(str(metric.name)),
                    "value": tables.figure(now, url),
                    "unit": Cell(tables.unit_of(metric)),
                    "n": tables.whole(now.n),
                    "interval": tables.interval(now),
                    "before": tables.figure(before),
                    "change": tables.change(now, before, self.minimum),
                    "formula": Cell(str(metric.formula)),
                }
            )
        return Table(name, caption, METRIC_COLUMNS, rows)

    def metric_chart(
        self, name: str, title: Any, metrics: Sequence[Metric], read: Read, kind: str = "line"
    ) -> Chart:
        """Metrics of one unit over time; points whose n is too small have no value."""
        rows = []
        for at, sums in read.points:
            said = self.point(at)
            row = {"time": Cell(said, said)}
            for metric in metrics:
                row[metric.key] = tables.figure(metric.of(sums, self.least))
            rows.append(row)
        columns = [Column("time", _("Time"))]
        columns += [Column(metric.key, metric.name, numeric=True) for metric in metrics]
        unit = "%" if metrics[0].unit in (Unit.RATE, Unit.NET) else ""
        return Chart(name, title, Table(name, title, columns, rows), kind, unit)

    @property
    def least(self) -> int:
        """The smallest n of a point in a chart: a quarter of what a figure needs, at least 5."""
        return max(5, self.minimum // 4)

    def point(self, at: datetime) -> str:
        """A point of time, as long as the range has them; said once a page."""
        if at not in self._points:
            self._points[at] = self._said(at)
        return self._points[at]

    @cached_property
    def _points(self) -> dict[datetime, str]:
        return {}

    def _said(self, at: datetime) -> str:
        period, day = self.scope.period, day_of(at)
        if period is Period.HOUR:
            return date_format(at, "SHORT_DATETIME_FORMAT", use_l10n=True)
        if period is Period.DAY:
            return date_format(day, "SHORT_DATE_FORMAT")
        return date_format(day, "YEAR_MONTH_FORMAT")

    @staticmethod
    def day(at: datetime) -> str:
        """The site's day of an instant."""
        return date_format(day_of(at), "SHORT_DATE_FORMAT")

    def waiting(self) -> str:
        """What has to be known of deflection."""
        days = FigureSettings.current().deflection_days
        return gettext(
            "N is %(days)s days. What happened less than N days ago may still fall, by contacts "
            "that are yet to come."
        ) % {"days": days}


METRIC_COLUMNS = (
    Column("metric", _("Figure")),
    Column("value", _("Value"), numeric=True),
    Column("unit", _("Unit"), only="file"),
    Column("n", "n", numeric=True),
    Column("interval", _("95 % interval"), numeric=True),
    Column("before", _("Period before"), numeric=True),
    Column("change", _("Change"), numeric=True),
    Column("formula", _("Formula"), only="file"),
)
