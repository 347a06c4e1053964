"""The proof for people on a gap's page: before and after its answer, in a table and drawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from search.insights.figures import MANY, impact
from search.insights.metrics.declared import METRICS
from search.insights.metrics.intervals import Interval, poisson
from search.insights.metrics.metric import Figure
from search.insights.metrics.models import FigureSettings
from search.insights.models import Gap
from search.insights.outcome import Outcome, Span, outcome_of
from search.insights.reports import tables
from search.insights.reports.tables import Cell, Chart, Column, Table

_RATE = METRICS["no_results"]
#: The smallest number of intents for which a week's rate is drawn.
_LEAST = 5
#: Weeks: nothing is said of a time shorter than a day.
_SHORTEST = 1 / 7


def outcome_for(gap: Gap) -> dict[str, Any]:
    """What the page shows; empty while no answer has been published."""
    found = outcome_of(gap)
    if found is None:
        return {}
    few = found.before.intents + found.before.contacts < MANY or (
        found.after.intents + found.after.contacts < MANY
    )
    return {
        "outcome": found,
        "outcome_few": few,
        "outcome_table": _table(found),
        "outcome_charts": [chart for chart in (_counts(found), _rates(found)) if _draws(chart)],
    }


def _table(found: Outcome) -> Table:
    minimum = FigureSettings.current().minimum
    before, after = (_rate(span, minimum) for span in (found.before, found.after))
    rows = [
        _count(_("Searches (intents) a week"), found, lambda span: span.intents),
        {
            "figure": Cell(str(_RATE.name)),
            "before": _with_interval(before),
            "after": _with_interval(after),
            "told": _told(
                before.interval if before.shown else None,
                after.interval if after.shown else None,
            ),
        },
        _count(_("Contacts a week"), found, lambda span: span.contacts),
    ]
    return Table(
        "outcome",
        _("Before and after the answer"),
        [
            Column("figure", _("Figure")),
            Column("before", _("Before")),
            Column("after", _("After")),
            Column("told", _("What it says")),
        ],
        rows,
    )


def _rate(span: Span, minimum: int) -> Figure:
    return _RATE.of({"no_results": span.no_results, "intents": span.intents}, minimum)


def _with_interval(figure: Figure) -> Cell:
    cell = tables.figure(figure)
    said = gettext("n = %(number)d") % {"number": figure.n}
    if figure.shown and figure.interval:
        said = f"{tables.between(figure.metric, figure.interval)}; {said}"
    return Cell(f"{cell.text} ({said})", cell.value, muted=cell.muted)


def _count(name: Any, found: Outcome, count: Callable[[Span], int]) -> dict[str, Cell]:
    cells = {}
    for side, span in (("before", found.before), ("after", found.after)):
        number = count(span)
        if span.weeks < _SHORTEST:
            cells[side] = Cell("–", "", muted=True)
            continue
        mean = impact(number, span.weeks)
        said = gettext("n = %(number)d") % {"number": number}
        if mean.low is not None and mean.high is not None:
            said = f"{tables.decimal(mean.low, 1)} – {tables.decimal(mean.high, 1)}; {said}"
        cells[side] = Cell(f"{tables.decimal(mean.a_week, 1)} ({said})", round(mean.a_week, 1))
    limits = (_limits(count(span), span) for span in (found.before, found.after))
    return {"figure": Cell(str(name)), **cells, "told": _told(*limits)}


def _limits(number: int, span: Span) -> Interval | None:
    if span.weeks < _SHORTEST:
        return None
    low, high = poisson(number)
    return low / span.weeks, high / span.weeks


def _told(before: Interval | None, after: Interval | None) -> Cell:
    """Whether the 95 % intervals lie apart; a difference that chance may explain is none."""
    if before is None or after is None:
        return Cell(gettext("n too small"), muted=True)
    if after[1] < before[0]:
        return Cell(gettext("fewer than before"))
    if after[0] > before[1]:
        return Cell(gettext("more than before"))
    return Cell(gettext("chance may explain the difference"), muted=True)


def _week(found: Outcome, span: Span) -> Cell:
    """How far from the publication, and the day on which the week begins."""
    number = round((span.start - found.published).days / 7)
    sign = f"+{number + 1}" if number >= 0 else f"−{-number}"
    return Cell(f"{sign} · {date_format(localtime(span.start), 'SHORT_DATE_FORMAT')}")


def _draws(chart: Chart) -> bool:
    """Whether any of its points has a value."""
    values = [value for series in chart.data["series"] for value in series["values"]]
    return any(value not in ("", None) for value in values)


def _counts(found: Outcome) -> Chart:
    columns = [
        Column("week", _("Week")),
        Column("intents", _("Searches (intents)"), numeric=True),
        Column("no_results", _("Without results"), numeric=True),
        Column("contacts", _("Contacts"), numeric=True),
    ]
    rows = [
        {
            "week": _week(found, span),
            "intents": tables.whole(span.intents),
            "no_results": tables.whole(span.no_results),
            "contacts": tables.whole(span.contacts),
        }
        for span in found.weeks
    ]
    title = _("Searches and contacts by week from the publication")
    return Chart("outcome-counts", title, Table("outcome-counts", title, columns, rows))


def _rates(found: Outcome) -> Chart:
    columns = [Column("week", _("Week")), Column("rate", _RATE.name, numeric=True)]
    rows = [
        {"week": _week(found, span), "rate": tables.figure(_rate(span, _LEAST))}
        for span in found.weeks
    ]
    title = _("No-results rate by week from the publication")
    return Chart("outcome-rates", title, Table("outcome-rates", title, columns, rows), unit="%")
