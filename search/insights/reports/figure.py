"""What a number opens: its formula, its n, its interval, its course, and the rows behind it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision
from wagtail.permission_policies import ModelPermissionPolicy

from content.models import Entry
from search.insights.metrics import contents, reading, rows
from search.insights.metrics.declared import AGENTS, CONTACTS, DEFLECTION, METRICS
from search.insights.metrics.metric import Metric
from search.insights.metrics.models import ASKED_COLUMNS, READ_COLUMNS
from search.insights.metrics.reading import Read
from search.journeys.models import Contact

from . import access, behind, tables
from .page import FiguresPage
from .tables import Cell, Column, Section, Table

PER_PAGE = 25
#: Rows that a file holds at most.
EXPORTED = 5_000
_OVERVIEW = frozenset(metric.key for metric in (*AGENTS, *CONTACTS, *DEFLECTION))


class FigurePage(FiguresPage):
    """One metric; ``?question=`` and ``?entry=`` narrow it to one question or entry."""

    template_name = "insights/figure.html"
    header_icon = "glasses"
    narrowed_by = ("locale", "channel", "category", "audience")
    keeps = ("question", "entry", "kind", "rows")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the metric, and who may see it."""
        super().setup(request, *args, **kwargs)
        if kwargs["key"] not in METRICS:
            raise Http404
        self.metric: Metric = METRICS[kwargs["key"]]
        self.kind = self.metric.kind
        if self.metric.key in _OVERVIEW:
            self.permission_required = access.OVERVIEW
        given = request.GET.get("question")
        self.question = given if given and self._fits(ASKED_COLUMNS) else None
        entry = request.GET.get("entry", "")
        reads = entry.isdecimal() and len(entry) < 18 and self._fits(READ_COLUMNS)
        self.entry = int(entry) if reads else None
        if request.GET.get("kind") == "agent":
            self.kind = "agent"

    def _fits(self, columns: Sequence[str]) -> bool:
        return set(self.metric.columns) <= set(columns)

    def get_page_title(self) -> str:
        """The metric's name."""
        return str(self.metric.name)

    @property
    def column(self) -> str:
        """The column whose rows are shown: the numerator's, or the denominator's."""
        if self.request.GET.get("rows") == "whole" and self.metric.whole:
            return self.metric.whole
        return self.metric.part

    @property
    def page(self) -> int:
        """The page of rows, from 1."""
        given = self.request.GET.get("page", "1")
        return max(1, int(given)) if given.isdecimal() and len(given) < 7 else 1

    @cached_property
    def found(self) -> Read:
        """The sums of the metric's columns."""
        columns = self.metric.columns
        if self.question is not None:
            return reading.read_question(self.scope, self.question, columns)
        if self.entry is not None:
            return reading.read_entry(self.scope, self.entry, columns)
        return reading.read(self.scope, columns)

    def get_sections(self) -> Sequence[Section]:
        """Value, course, versions of an entry, rows."""
        metric = self.metric
        course = self.metric_chart("by-time", _("Over time"), [metric], self.found)
        sections = [
            Section(
                _("Value"),
                [self.metric_table("value", metric.name, [metric], self.found)],
                [course],
                note=self.waiting() if metric.waits else "",
            )
        ]
        if self.entry is not None:
            sections.append(Section(_("By version and section"), [self._versions(self.entry)]))
        return [*sections, Section(_("Rows behind it"), [self._rows()])]

    def _rows(self) -> Table:
        seen = access.audiences(self.request.user)
        asked = rows.Behind(
            self.scope,
            self.metric.rows,
            self.column,
            frozenset(seen),
            self.question,
            self.entry,
        )
        first, number = PER_PAGE * (self.page - 1), PER_PAGE + 1
        facts = rows.of(asked, 0, EXPORTED) if self.is_export else rows.of(asked, first, number)
        self.more = len(facts) > PER_PAGE
        if not self.is_export:
            facts = facts[:PER_PAGE]
        opens = ModelPermissionPolicy(Contact).user_has_permission(self.request.user, "change")
        return behind.table(self.metric.rows, facts, seen, opens)

    def _versions(self, entry: int) -> Table:
        helpful = METRICS["helpful"]
        sums = contents.read_by_version(self.scope, entry)
        made = dict(
            Revision.objects.filter(pk__in=[row["version"] for row in sums]).values_list(
                "pk", "created_at"
            )
        )
        lines = []
        for row in sums:
            rate, at = helpful.of(row, self.minimum), made.get(row["version"])
            lines.append(
                {
                    "version": Cell(str(row["version"] or "–"), row["version"] or ""),
                    "made": Cell(self.day(at) if at else "–"),
                    "section": Cell(row["section"] or "–"),
                    "reads": tables.whole(row["reads"]),
                    "helpful": tables.figure(rate),
                    "votes": tables.whole(row["votes"]),
                    "interval": tables.interval(rate),
                }
            )
        columns = [
            Column("version", _("Version"), numeric=True),
            Column("made", _("Made")),
            Column("section", _("Section")),
            Column("reads", _("Reads"), numeric=True),
            Column("helpful", helpful.name, numeric=True),
            Column("votes", _("Votes"), numeric=True),
            Column("interval", _("95 % interval"), numeric=True),
        ]
        return Table("versions", _("By version and section"), columns, lines)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The formula with its numbers, and the addresses of the other rows and pages."""
        context = super().get_context_data(**kwargs)
        metric = self.metric
        title = ""
        if self.entry is not None:
            entries = Entry.objects.filter(audience__in=access.audiences(self.request.user))
            title = entries.filter(pk=self.entry).values_list("title", flat=True).first() or ""
        return context | {
            "metric": metric,
            "figure": metric.of(self.found.now, self.minimum),
            "about": self.question or title,
            "minimum": self.minimum,
            "tabs": [
                (name, self._with(rows=value), self.column == column)
                for name, value, column in (
                    (_("Numerator"), "part", metric.part),
                    (_("Denominator"), "whole", metric.whole),
                )
                if column and metric.whole
            ],
            "earlier": self._with(page=self.page - 1) if self.page > 1 else "",
            "later": self._with(page=self.page + 1) if self.more else "",
        }

    def _with(self, **values: Any) -> str:
        data = self.request.GET.copy()
        for name in ("export", "table", "page"):
            data.pop(name, None)
        for name, value in values.items():
            data[name] = str(value)
        return data.urlencode()
