"""Questions of customers in frequent questions, and whether these were covered when asked.

A frequent question that nobody has looked at yet, or that is ignored, counts nowhere. Before it was
looked at first it was as it was found then. The category is the answer's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from content.audience import Audience
from search.insights.coverage.models import CoverageStep, State
from search.insights.metrics.calendar import Window
from search.insights.questions.models import Question, QuestionGroup

from .fact import Fact, chunks, within
from .places import Places

COLUMNS = {State.COVERED: "covered", State.BADLY: "badly", State.MISSING: "uncovered"}
Steps = dict[int, list[tuple[datetime, str]]]


class _Row(NamedTuple):
    asked: datetime
    channel: str
    locale: str
    text: str
    group: int
    name: str
    entry: int | None


_FIELDS = (
    *("asked", "channel", "locale", "text__text"),
    *("text__group", "text__group__name", "text__group__coverage__entry"),
)


def facts(windows: Sequence[Window], places: Places) -> Iterator[Fact]:
    """Each question of a frequent question that was asked in ``windows``."""
    rows = Question.objects.filter(
        within("asked", windows),
        text__group__state=QuestionGroup.State.OPEN,
        text__group__coverage__isnull=False,
    )
    found = [_Row(*values) for values in rows.values_list(*_FIELDS)]
    steps = _steps({row.group for row in found})
    places.learn(row.entry for row in found if row.entry)
    for row in found:
        column = COLUMNS.get(State(_state(steps[row.group], row.asked)))
        if column is None:
            continue
        yield Fact(
            source="asked",
            at=row.asked,
            kind="customer",
            locale=row.locale,
            channel=(row.channel or "import")[:20],
            audience=str(Audience.PUBLIC),
            category=places.category(row.entry),
            adds={"asked": 1, column: 1},
            shown={"text": row.text, "group": row.group, "name": row.name, "entry": row.entry},
        )


def _steps(groups: Iterable[int]) -> Steps:
    found: Steps = defaultdict(list)
    for chunk in chunks(groups):
        rows = CoverageStep.objects.filter(group__in=chunk)
        for group, since, state in rows.values_list("group", "since", "state"):
            found[group].append((since, state))
    return found


def _state(steps: list[tuple[datetime, str]], at: datetime) -> str:
    """The state at ``at``; ``steps`` go by time, and there is one at least."""
    before = [state for since, state in steps if since <= at]
    return before[-1] if before else steps[0][1]
