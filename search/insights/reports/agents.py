"""Insights > Agents: whether the desk answers, for the team as a whole and never by person."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from search.insights.metrics.declared import AGENTS, METRICS, columns_of
from search.insights.metrics.reading import read

from . import access
from .page import FiguresPage
from .tables import Section


class AgentsPage(FiguresPage):
    """Success, time to answer, what was not found."""

    page_title = _("Agents")
    header_icon = "group"
    permission_required = access.OVERVIEW
    narrowed_by = ("locale", "category")
    kind = "agent"

    def get_sections(self) -> Sequence[Section]:
        """One query."""
        found = read(self.scope, columns_of(AGENTS))
        return [
            Section(
                _("The team"),
                [self.metric_table("team", _("The team"), AGENTS, found)],
                [
                    self.metric_chart(
                        "success-by-time",
                        _("Success over time"),
                        [METRICS["agent_success"], METRICS["agent_no_answer"]],
                        found,
                    ),
                    self.metric_chart(
                        "answering-time",
                        _("Time to answer over time, in seconds"),
                        [METRICS["agent_time"]],
                        found,
                    ),
                ],
                note=_("Figures are of the whole team; none is kept of one person."),
            )
        ]
