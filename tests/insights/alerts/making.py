"""Rules, and hours of figures as the counting leaves them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from search.insights.alerts import series
from search.insights.alerts.models import AlertRule, Condition
from search.insights.metrics.calendar import day_of, start_of
from search.insights.metrics.models import ALL, Bucket, Period
from tests import factories


def ago(hours: int) -> datetime:
    """The beginning of the hour that began so many hours before the end of the newest one."""
    return series.newest() - hours * series.HOUR


def sums(hours: int, **columns: Any) -> None:
    """What was counted in that hour."""
    place = {"locale": "en", "channel": "site", "audience": "public", "category": ALL}
    given = {"kind": "customer", **place} | columns
    Bucket.objects.create(period=Period.HOUR, start=ago(hours), **given)


def of_category(days: int, category: int, **columns: Any) -> None:
    """What was counted of a category on the day so many days before that of the newest hour."""
    place = {"locale": "en", "channel": "site", "audience": "public", "category": category}
    start = start_of(day_of(series.newest()) - timedelta(days=days))
    Bucket.objects.create(period=Period.DAY, start=start, kind="customer", **place, **columns)


def failing(hours: int, no_answer: int, intents: int = 100, **columns: Any) -> None:
    """An hour with so many intents that found no answer."""
    sums(hours, intents=intents, no_answer=no_answer, **columns)


def condition(measure: str = "no_answer", threshold: float = 30, **fields: Any) -> dict[str, Any]:
    """One over one hour, from 20 cases on, unless ``fields`` say otherwise."""
    return {"measure": measure, "threshold": threshold, "hours": 1, "minimum": 20, **fields}


def rule(*conditions: dict[str, Any], people=(), roles=(), webhooks=(), **fields: Any) -> AlertRule:
    """A saved rule; without conditions, on a no-answer rate above 30 % in an hour."""
    made = AlertRule(**{"name": "No answers", **fields})
    made.conditions = [
        Condition(sort_order=number, **given)
        for number, given in enumerate(conditions or (condition(),))
    ]
    made.people, made.roles, made.webhooks = list(people), list(roles), list(webhooks)
    made.save()
    return made


def person(name: str, group: str = "Managers", **fields: Any):
    """Somebody with an address."""
    return factories.user(name, group=group, **fields)
