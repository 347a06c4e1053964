"""Insights > Overview: how customers helped themselves, for who answers for it."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from search.insights.metrics.declared import (
    CONTACTS,
    CONTENT,
    DEFLECTION,
    METRICS,
    QUESTIONS,
    SEARCHING,
    columns_of,
)
from search.insights.metrics.reading import Read, people, read

from . import access, tables
from .coverage import RATES
from .page import FiguresPage
from .tables import Cell, Column, Section, Table

_COLUMNS = columns_of([*SEARCHING, *DEFLECTION, *CONTENT, *CONTACTS, *QUESTIONS])


class OverviewPage(FiguresPage):
    """Self-service, search, content and contacts."""

    page_title = _("Overview")
    header_icon = "view"
    permission_required = access.OVERVIEW

    def get_sections(self) -> Sequence[Section]:
        """Two queries for all sums and people, however long the range is."""
        found = read(self.scope, _COLUMNS)
        searching = [METRICS[key] for key in ("no_answer", "no_click", "contacted")]
        return [
            Section(
                _("Self-service"),
                [
                    self.metric_table("deflection", _("Deflection"), DEFLECTION, found),
                    self._avoided(found),
                ],
                [
                    self.metric_chart(
                        "deflection-by-time", _("Deflection over time"), DEFLECTION, found
                    )
                ],
                note=self.waiting(),
            ),
            Section(
                _("Searches"),
                [self.metric_table("searching", _("Searches"), SEARCHING, found), self._people()],
                [
                    self.metric_chart(
                        "intents-by-time",
                        _("Intents over time"),
                        [METRICS["intents"], METRICS["contacts"]],
                        found,
                        "bar",
                    ),
                    self.metric_chart(
                        "rates-by-time", _("Unsuccessful searches over time"), searching, found
                    ),
                ],
            ),
            Section(
                _("Frequent questions"),
                [self.metric_table("coverage", _("Coverage"), QUESTIONS, found)],
                [self.metric_chart("coverage-by-time", _("Coverage over time"), RATES, found)],
            ),
            Section(_("Content"), [self.metric_table("content", _("Content"), CONTENT, found)]),
            Section(_("Contacts"), [self.metric_table("contacts", _("Contacts"), CONTACTS, found)]),
        ]

    def _avoided(self, found: Read) -> Table:
        """Deflection as a range: what was confirmed, and what may be assumed beside it."""
        rows = []
        for label, sums in ((_("In this period"), found.now), (_("Period before"), found.before)):
            low = sums["forms_solved"]
            high = low + sums["deflected"]
            rows.append(
                {
                    "when": Cell(str(label)),
                    "low": tables.whole(low, url=self._opened(label, "confirmed_deflection")),
                    "high": tables.whole(high, url=self._opened(label, "assumed_deflection")),
                }
            )
        columns = [
            Column("when", _("Contacts avoided")),
            Column("low", _("At least (confirmed)"), numeric=True),
            Column("high", _("At most (with assumed)"), numeric=True),
        ]
        return Table("avoided", _("Contacts avoided"), columns, rows)

    def _opened(self, label: object, key: str) -> str:
        return self.opens(METRICS[key]) if str(label) == gettext("In this period") else ""

    def _people(self) -> Table:
        """Different people with an intent; above 1,024 it is estimated, and says so."""
        rows = []
        for label, scope in (
            (_("In this period"), self.scope),
            (_("Period before"), self.scope.before),
        ):
            counted = people(scope)
            if counted is None:
                said, cell = gettext("not kept by category"), Cell("–", "", muted=True)
            else:
                cell = tables.whole(counted.number, url=self._opened(label, "intents"))
                said = gettext("counted") if counted.exact else gettext("estimated, ± 6 % (95 %)")
            rows.append({"when": Cell(str(label)), "people": cell, "how": Cell(said)})
        columns = [
            Column("when", _("People who searched")),
            Column("people", _("People"), numeric=True),
            Column("how", _("How it is known")),
        ]
        return Table("people", _("People who searched"), columns, rows)
