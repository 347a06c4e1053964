"""Insights > Coverage: whether customers find by themselves what they ask agents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from search.insights.coverage.models import Coverage, State
from search.insights.metrics.calendar import start_of
from search.insights.metrics.declared import METRICS, QUESTIONS, columns_of
from search.insights.metrics.metric import Figure, Metric, Unit
from search.insights.metrics.models import Period
from search.insights.metrics.reading import Scope, by_week, read
from search.insights.questions.models import QuestionGroup

from . import tables
from .page import FiguresPage
from .tables import Cell, Column, Section, Table

#: Frequent questions without an answer that are listed.
SHOWN = 25
RATES = [METRICS[key] for key in ("coverage", "found_badly", "not_covered")]
_SHARE = Metric("share", "", "", Unit.RATE, "part", "whole", rows="")
_ASKED = (State.COVERED, State.BADLY, State.MISSING)


def groups_of(scope: Scope) -> QuerySet[Any]:
    """Frequent questions asked in the range, language and channel; ``asked`` says how often."""
    asked = Q(
        texts__questions__asked__gte=start_of(scope.first),
        texts__questions__asked__lt=start_of(scope.last + timedelta(days=1)),
    )
    if scope.locale:
        asked &= Q(texts__questions__locale=scope.locale)
    if scope.channel:
        asked &= Q(texts__questions__channel=scope.channel)
    groups = QuestionGroup.objects.filter(texts_count__gt=0).exclude(coverage=None)
    return groups.annotate(asked=Count("texts__questions", filter=asked)).filter(asked__gt=0)


def standing(scope: Scope) -> dict[str, tuple[int, int]]:
    """By state of today: frequent questions, and how often they were asked in the range."""
    counts = dict.fromkeys(State.values, (0, 0))
    for state, asked in groups_of(scope).values_list("coverage__state", "asked"):
        groups, times = counts[state]
        counts[state] = groups + 1, times + asked
    return counts


def share(counts: dict[str, tuple[int, int]], state: str, minimum: int) -> Figure:
    """The part that questions in ``state`` are of all that are not ignored."""
    whole = sum(counts[each][1] for each in _ASKED)
    return _SHARE.of({"part": counts[state][1], "whole": whole}, minimum)


class CoveragePage(FiguresPage):
    """The figure and its course; what it is today; what is asked most without an answer."""

    page_title = _("Coverage")
    header_icon = "comment"
    template_name = "insights/coverage.html"
    narrowed_by = ("locale", "channel", "category")

    def get_sections(self) -> Sequence[Section]:
        """One query for the sums, two for the groups."""
        found = read(self.scope, columns_of(QUESTIONS))
        charts = [self.metric_chart("coverage-by-time", _("Coverage over time"), RATES, found)]
        if self.scope.period is Period.DAY:
            weeks = by_week(found)
            charts.insert(
                0, self.metric_chart("coverage-by-week", _("Coverage by week"), RATES, weeks)
            )
        return [
            Section(
                _("Frequent questions asked"),
                [self.metric_table("coverage", _("Coverage"), QUESTIONS, found)],
                charts,
                note=_(
                    "Each question counts as its frequent question stood when it was asked; weeks "
                    "begin on Monday."
                ),
            ),
            Section(
                _("As it is today"),
                [self._today()],
                note=_("Each frequent question weighs as often as it was asked in the range."),
            ),
            Section(_("Asked most without an answer"), [self._uncovered()]),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the time at which the search was asked last."""
        looked = Coverage.objects.aggregate(last=Max("made"))["last"]
        may = self.request.user.has_perm("insights.change_questiongroup")
        return super().get_context_data(**kwargs) | {"looked": looked, "may_decide": may}

    def _today(self) -> Table:
        counts = standing(self.scope)
        return Table(
            "today",
            _("As it is today"),
            [
                Column("state", _("Coverage")),
                Column("groups", _("Frequent questions"), numeric=True),
                Column("asked", _("Asked"), numeric=True),
                Column("share", _("Share"), numeric=True),
                Column("interval", _("95 % interval"), numeric=True),
            ],
            [self._line(state, counts) for state in State],
        )

    def _line(self, state: State, counts: dict[str, tuple[int, int]]) -> dict[str, Cell]:
        (groups, asked), part = counts[state], share(counts, state, self.minimum)
        none = Cell("–", "", muted=True)
        listed = f"{reverse('questions:index')}?state=&coverage={state.value}"
        if self.scope.locale:
            listed += f"&locale={self.scope.locale}"
        return {
            "state": Cell(str(state.label)),
            "groups": tables.whole(groups, url=listed),
            "asked": tables.whole(asked),
            "share": none if state == State.IGNORED else tables.figure(part),
            "interval": none if state == State.IGNORED else tables.interval(part),
        }

    def _uncovered(self) -> Table:
        rows = (
            groups_of(self.scope)
            .filter(coverage__state__in=(State.BADLY, State.MISSING))
            .select_related("coverage", "gap__owner", "gap__joined_into__owner")
            .order_by("-asked", "pk")[:SHOWN]
        )
        return Table(
            "uncovered",
            _("Asked most without an answer"),
            [
                Column("question", _("Question")),
                Column("locale", _("Language")),
                Column("asked", _("Asked"), numeric=True),
                Column("state", _("Coverage")),
                Column("gap", _("Gap")),
                Column("owner", _("Owner")),
            ],
            [self._question(group) for group in rows],
            _("Everything that was asked has an answer."),
        )

    def _question(self, group: Any) -> dict[str, Cell]:
        gap = group.gap and (group.gap.joined_into or group.gap)
        return {
            "question": Cell(
                group.name,
                url=reverse("questions:group", args=[group.pk]),
                lang=group.locale,
            ),
            "locale": Cell(group.locale_name),
            "asked": tables.whole(group.asked),
            "state": Cell(str(group.coverage.get_state_display())),
            "gap": Cell(
                str(gap.get_state_display()) if gap else "–",
                url=reverse("insights:gap", args=[gap.pk]) if gap else "",
            ),
            "owner": Cell(str(gap.owner or "–") if gap else "–"),
        }
