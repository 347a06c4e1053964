"""What a condition can measure: every declared metric; gaps and frequent questions."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from search.insights.metrics.declared import METRICS
from search.insights.metrics.metric import Metric, Unit

CHANNELS = [
    ("site", _("Site")),
    ("suggest", _("While typing")),
    ("desk", _("Desk")),
    ("contact", _("Contact form")),
    ("api", _("API")),
]
#: Counted by group: intents that failed, each in the hour of its first failure.
GROUPED = Metric(
    "group_intents",
    _("Failed searches of a group"),
    _("Intents that failed, as the gap’s page counts them"),
    Unit.COUNT,
    "intents",
    rows="",
)
#: Counted by group as well: each time that somebody asked it, where the time is known.
ASKED = Metric(
    "asked",
    _("Times that a frequent question was asked"),
    _("Questions of its group whose time is known"),
    Unit.COUNT,
    "asked",
    rows="",
)
MEASURES: dict[str, Metric] = {**METRICS, GROUPED.key: GROUPED, ASKED.key: ASKED}
#: Of what is counted by group, the field of a condition that names one.
GROUPS = {GROUPED.key: "gap", ASKED.key: "question"}


def choices() -> list[tuple[str, Any]]:
    """For a form."""
    return [(key, metric.name) for key, metric in MEASURES.items()]


def is_grouped(measure: str) -> bool:
    """Whether it is counted by group."""
    return measure in GROUPS
