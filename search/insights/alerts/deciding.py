"""Whether the conditions of a rule hold at an hour: yes, no, or that too little is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from search.insights.metrics.metric import Metric, Unit

from .measures import MEASURES, is_grouped
from .models import AlertRule, Condition
from .series import Ground, Place, Series

Truth = bool | None


@dataclass(frozen=True, slots=True)
class Measured:
    """What a condition found: values as the pages show them (rates in per cent), and n.

    ``before`` and ``change`` only of a change; None where there is nothing to divide by.
    """

    holds: Truth
    value: float | None
    n: int
    before: float | None = None
    change: float | None = None
    group: int | None = None


def measure(condition: Condition, series: Series, end: int) -> Measured:
    """``condition`` over its hours before ``end``, and over as many before these for a change."""
    metric, hours = MEASURES[condition.measure], condition.hours
    now = metric.of(series.window(end, hours), condition.minimum)
    value = _shown(metric, now.value)
    counts = metric.unit is Unit.COUNT
    falls = condition.operator == Condition.Operator.BELOW
    enough = now.n >= condition.minimum or (counts and falls)
    if condition.comparison == Condition.Comparison.VALUE:
        return Measured(_beyond(condition, value, enough), value, now.n)
    then = metric.of(series.window(end, hours, 1), condition.minimum)
    before = _shown(metric, then.value)
    change = _change(counts, value, before)
    enough = enough and then.n >= condition.minimum
    return Measured(_beyond(condition, change, enough), value, now.n, before, change)


def _beyond(condition: Condition, value: float | None, enough: bool) -> Truth:
    if value is None or not enough:
        return None
    if condition.operator == Condition.Operator.ABOVE:
        return value > condition.threshold
    return value < condition.threshold


def _shown(metric: Metric, value: float | None) -> float | None:
    if value is None:
        return None
    return 100 * value if metric.unit in (Unit.RATE, Unit.NET) else value


def _change(counts: bool, now: float | None, before: float | None) -> float | None:
    if now is None or before is None:
        return None
    if not counts:
        return now - before
    return 100 * (now - before) / before if before else None


def found(rule: AlertRule, condition: Condition, ground: Ground, end: int) -> list[Measured]:
    """What ``condition`` measures at ``end``: one, or one for each group that it is about."""
    place = Place.of(rule, condition.measure)
    if MEASURES[condition.measure].waits:
        end -= ground.waits
    if not is_grouped(condition.measure):
        return [measure(condition, ground.metrics[place], end)]
    groups = ground.groups[condition.measure, place]
    if only := condition.group_id:
        groups = {only: groups[only]}
    every = []
    for group, series in groups.items():
        one = measure(condition, series, end)
        every.append(Measured(one.holds, one.value, one.n, one.before, one.change, group))
    return every


def truth(every: Sequence[Measured]) -> Truth:
    """Of a condition: it holds where it holds for any group."""
    return any_of(one.holds for one in every) if every else False


def any_of(truths: Any) -> Truth:
    """Kleene's or: what is not known does not count where another holds."""
    known = list(truths)
    if any(known):
        return True
    return None if None in known else False


def all_of(truths: Any) -> Truth:
    """Kleene's and: what is not known does not count where another does not hold."""
    known = list(truths)
    if any(one is False for one in known):
        return False
    return None if None in known else True


def alternatives(conditions: Sequence[Condition]) -> list[list[Condition]]:
    """Conditions joined by "and", in lists that are joined by "or"."""
    lists: list[list[Condition]] = []
    for condition in conditions:
        if not lists or condition.joined == Condition.Joined.OR:
            lists.append([])
        lists[-1].append(condition)
    return lists


def holds(rule: AlertRule, ground: Ground, end: int) -> Truth:
    """Whether the conditions of ``rule`` hold at the beginning of hour ``end``."""
    conditions = list(rule.conditions.all())
    truths = {id(c): truth(found(rule, c, ground, end)) for c in conditions}
    return any_of(
        all_of(truths[id(condition)] for condition in group) for group in alternatives(conditions)
    )


def lasting(truths: Sequence[Truth], hours: int) -> Iterator[bool | None]:
    """At each point: True once it has held for ``hours``, False once it has not, None between.

    The first ``hours`` - 1 points have too little behind them, and are None.
    """
    for end in range(1, len(truths) + 1):
        last = truths[max(0, end - hours) : end]
        if len(last) < hours:
            yield None
        elif all(one is True for one in last):
            yield True
        else:
            yield False if all(one is False for one in last) else None
