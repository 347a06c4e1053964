"""Every metric, declared once: what it is called, how it is made, of which columns."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from .facts.intents import UNIT
from .metric import Metric, Unit
from .models import FigureSettings


def _rate(key: str, name: Any, formula: Any, part: str, whole: str = "intents", **more: Any):
    return Metric(key, name, formula, Unit.RATE, part, whole, **more)


def _number(key: str, name: Any, formula: Any, **more: Any) -> Metric:
    return Metric(key, name, formula, Unit.COUNT, more.pop("part", key), **more)


SEARCHING = (
    _number("searches", _("Searches"), _("Searches of customers, keystrokes merged")),
    _number("intents", _("Intents"), _("Attempts of one person: reformulations are chained")),
    _rate(
        "no_answer",
        _("No-answer rate"),
        _("Intents not answered ÷ intents"),
        "no_answer",
        better=-1,
    ),
    _rate(
        "no_results",
        _("No-results rate"),
        _("Intents with zero hits at all ÷ intents"),
        "no_results",
        better=-1,
    ),
    _rate(
        "no_click",
        _("No-click rate"),
        _("Intents with hits and no click ÷ intents with hits"),
        "no_click",
        "with_hits",
        better=-1,
    ),
    _rate(
        "ctr",
        _("Click-through rate"),
        _("Intents with at least one click ÷ intents"),
        "clicked",
        better=1,
    ),
    Metric(
        "mrr",
        "MRR",
        _("Mean over intents of 1 ÷ rank of the first clicked result, 0 where none"),
        Unit.MEAN,
        "reciprocal",
        "intents",
        squares="reciprocal_squares",
        scale=UNIT,
        squares_scale=1_000_000,
        better=1,
    ),
    Metric(
        "position",
        _("Average click position"),
        _("Mean 1-based rank of all clicks whose rank is known"),
        Unit.MEAN,
        "rank_sum",
        "ranked",
        squares="rank_squares",
        better=-1,
    ),
    _rate(
        "reformulation",
        _("Reformulation rate"),
        _("Intents of two searches or more ÷ intents"),
        "reformulated",
        better=-1,
    ),
    _rate(
        "rescue",
        _("Rescue rate"),
        _("Intents in which the search tried a rescue step ÷ intents"),
        "rescued",
    ),
    _rate(
        "contacted",
        _("Then contacted"),
        _("Intents that ended in a contact ÷ intents"),
        "contacted",
        better=-1,
    ),
    _rate(
        "unsuccessful",
        _("Unsuccessful"),
        _("Intents with no answer, no click or a contact ÷ intents"),
        "unsuccessful",
        better=-1,
    ),
)
DEFLECTION = (
    _rate(
        "confirmed_deflection",
        _("Confirmed deflection"),
        _("Contact-form sessions marked solved, without a contact in the N days after ÷ sessions"),
        "forms_solved",
        "forms",
        rows="forms",
        better=1,
        waits=True,
    ),
    _rate(
        "assumed_deflection",
        _("Assumed deflection"),
        _("Intents in which an answer was viewed, without a contact within N days ÷ intents"),
        "deflected",
        better=1,
        waits=True,
    ),
)
CONTENT = (
    _number("reads", _("Reads"), _("Entries opened; within half an hour once"), rows="reads"),
    _rate(
        "helpful",
        _("Helpful rate"),
        _("Yes ÷ (yes + no), the last word of each person on each version"),
        "helpful",
        "votes",
        rows="votes",
        better=1,
    ),
)
CONTACTS = (
    _number(
        "contacts",
        _("Contacts"),
        _("Messages sent by the contact page, and imported conversations"),
        rows="contacts",
    ),
    _rate(
        "fcr",
        "FCR",
        _("Contacts solved in the first interaction ÷ contacts of which that is known"),
        "fcr_solved",
        "fcr_answers",
        rows="contacts",
        better=1,
    ),
    _rate(
        "csat",
        "CSAT",
        _("Answers of 4 and 5 ÷ answers"),
        "csat_satisfied",
        "csat_answers",
        rows="contacts",
        better=1,
    ),
    Metric(
        "ces",
        "CES",
        _("Mean of the answers from 1 to 7"),
        Unit.MEAN,
        "ces_sum",
        "ces_answers",
        squares="ces_squares",
        rows="contacts",
        better=1,
    ),
    Metric(
        "nps",
        "NPS",
        _("% of answers of 9 and 10 minus % of 0 to 6"),
        Unit.NET,
        "nps_promoters",
        "nps_answers",
        minus="nps_detractors",
        rows="contacts",
        better=1,
    ),
    _rate(
        "link_rate",
        _("Link rate"),
        _("Closed contacts with an article linked ÷ closed contacts"),
        "linked",
        "closed",
        rows="contacts",
        better=1,
    ),
    *(
        _rate(key, name, formula, key, "closed", rows="contacts")
        for key, name, formula in (
            ("known", _("Known"), _("Closed contacts that link an existing article ÷ closed")),
            ("new", _("New"), _("Closed contacts that link an article published since ÷ closed")),
            ("unknown", _("Unknown"), _("Closed contacts that link none ÷ closed")),
        )
    ),
)
QUESTIONS = (
    _number(
        "questions_asked",
        _("Frequent questions asked"),
        _("Questions to agents that belong to a frequent question which is not ignored"),
        part="asked",
        rows="asked",
    ),
    _rate(
        "coverage",
        _("Coverage"),
        _("Frequent questions that were covered when they were asked ÷ frequent questions asked"),
        "covered",
        "asked",
        rows="asked",
        better=1,
    ),
    _rate(
        "found_badly",
        _("Found badly"),
        _("Frequent questions whose article the search did not find then ÷ those asked"),
        "badly",
        "asked",
        rows="asked",
        better=-1,
    ),
    _rate(
        "not_covered",
        _("Not covered"),
        _("Frequent questions without an article when they were asked ÷ those asked"),
        "uncovered",
        "asked",
        rows="asked",
        better=-1,
    ),
)
AGENTS = (
    _number(
        "agent_intents",
        _("Agents' intents"),
        _("Attempts of one agent: reformulations are chained"),
        part="intents",
        kind="agent",
    ),
    _rate(
        "agent_success",
        _("Agent search success"),
        _("Agents' intents marked “used, solved” ÷ agents' intents"),
        "solved",
        kind="agent",
        better=1,
    ),
    Metric(
        "agent_time",
        _("Time to answer"),
        _("Mean time from an intent's first search to the answer copied or used; an hour at most"),
        Unit.SECONDS,
        "time_sum",
        "timed",
        squares="time_squares",
        scale=10,
        squares_scale=100,
        kind="agent",
        better=-1,
    ),
    _rate(
        "agent_unsolved",
        _("Used, not solved"),
        _("Agents' intents marked “used, not solved” ÷ agents' intents"),
        "unsolved",
        kind="agent",
        better=-1,
    ),
    _rate(
        "agent_flagged",
        _("Flagged “not found”"),
        _("Agents' intents flagged “not found” ÷ agents' intents"),
        "flagged",
        kind="agent",
        better=-1,
    ),
    _rate(
        "agent_no_answer",
        _("Agents' no-answer rate"),
        _("Agents' intents not answered ÷ agents' intents"),
        "no_answer",
        kind="agent",
        better=-1,
    ),
)

METRICS: dict[str, Metric] = {
    metric.key: metric
    for metric in (*SEARCHING, *DEFLECTION, *CONTENT, *CONTACTS, *QUESTIONS, *AGENTS)
}


def columns_of(metrics: tuple[Metric, ...] | list[Metric]) -> tuple[str, ...]:
    """All columns that these metrics are made of."""
    return tuple(dict.fromkeys(name for metric in metrics for name in metric.columns))


def days_waited() -> int:
    """The N of deflection."""
    return FigureSettings.current().deflection_days
