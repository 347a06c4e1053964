"""What the worker does: decide each rule once an hour, remind owners."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q

from search.insights.metrics.calendar import today
from search.journeys.models import ChangedHour

from . import deciding, series, states
from .deciding import Measured
from .measures import GROUPS
from .models import Alert, AlertRule, Condition
from .series import HOUR, Ground

#: Groups that an alert names, those with most cases first.
NAMED = 5


def watch() -> int:
    """Decide the rules that are not yet decided for the newest hour. Returns how many.

    Waits for figures that are still to be counted anew, an hour at most.
    """
    end = series.newest()
    due = AlertRule.objects.filter(Q(decided=None) | Q(decided__lt=end), active=True)
    rules = list(due.prefetch_related("conditions").order_by("pk"))
    remind()
    if not rules:
        return 0
    behind = ChangedHour.objects.filter(hour__lt=end).exists()
    if behind and not any(_is_late(rule, end) for rule in rules):
        return 0
    first = end - max(rule.lasting for rule in rules) * HOUR
    ground = series.lay(rules, first, end)
    for rule in rules:
        decide(rule, ground, end)
    AlertRule.objects.filter(pk__in=[rule.pk for rule in rules]).update(decided=end)
    return len(rules)


def _is_late(rule: AlertRule, end: datetime) -> bool:
    return rule.decided is not None and rule.decided < end - HOUR


def decide(rule: AlertRule, ground: Ground, end: datetime) -> None:
    """Open or end, where the conditions have begun to hold or no longer do."""
    last = ground.at(end)
    truths = [
        deciding.holds(rule, ground, hour) for hour in range(last - rule.lasting + 1, last + 1)
    ]
    *_, verdict = deciding.lasting(truths, rule.lasting)
    if verdict is None or verdict == rule.holds:
        return
    # Whoever changes the row does what follows; another worker finds it changed.
    if AlertRule.objects.filter(pk=rule.pk, holds=not verdict).update(holds=verdict):
        if verdict:
            states.begin(rule, end, findings(rule, ground, last))
        else:
            states.end(rule, end)


def findings(rule: AlertRule, ground: Ground, hour: int) -> list[dict[str, Any]]:
    """What each condition asked and measured, to be kept with the alert."""
    return [
        _finding(condition, deciding.found(rule, condition, ground, hour))
        for condition in rule.conditions.all()
    ]


def _finding(condition: Condition, every: list[Measured]) -> dict[str, Any]:
    asked = {
        "joined": condition.joined,
        "measure": condition.measure,
        "comparison": condition.comparison,
        "operator": condition.operator,
        "threshold": condition.threshold,
        "hours": condition.hours,
        "minimum": condition.minimum,
        "holds": deciding.truth(every),
    }
    worst = sorted(every, key=lambda one: (one.holds is not True, -one.n))
    if not worst:
        return asked | {"value": None, "n": 0, "before": None, "change": None, "groups": []}
    groups = [
        _numbers(one) | {"of": GROUPS[condition.measure], "id": one.group}
        for one in worst[:NAMED]
        if one.group and (one.holds or condition.group_id)
    ]
    return asked | _numbers(worst[0]) | {"groups": groups}


def _numbers(one: Measured) -> dict[str, Any]:
    return {"value": one.value, "n": one.n, "before": one.before, "change": one.change}


def remind() -> None:
    """Tell owners whose day of follow-up has come."""
    due: Iterable[Alert] = (
        Alert.objects.filter(follow_up__lte=today(), reminded=None)
        .exclude(state=Alert.State.CLOSED)
        .select_related("owner", "rule")
    )
    for alert in due:
        states.remind(alert, today())


def describe(rule: AlertRule) -> list[dict[str, Any]]:
    """What each condition asks, without what it measured."""
    return [_finding(condition, []) for condition in rule.conditions.all()]
