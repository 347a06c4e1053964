"""The steps of an alert. Every one is kept in its history.

An alert that nobody has acknowledged closes by itself when its conditions no longer hold, so that
the next time is told again. One that somebody has acknowledged is his until he closes it: it says
that the conditions no longer hold, and, should they do so again, its owner hears of it.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from . import queue, wording
from .models import Alert, AlertRule, AlertStep, Delivery

Action, State = AlertStep.Action, Alert.State


def _step(alert: Alert, action: str, user: Any = None, note: str = "") -> None:
    AlertStep.objects.create(alert=alert, action=action, state=alert.state, user=user, note=note)


def unclosed(rule: AlertRule) -> Alert | None:
    """The alert of ``rule`` that is not closed; there is one at most."""
    return Alert.objects.filter(rule=rule).exclude(state=State.CLOSED).first()


def begin(rule: AlertRule, at: datetime, found: list[dict[str, Any]]) -> Alert | None:
    """The conditions have begun to hold at ``at``: open an alert, where none is open."""
    alert = unclosed(rule)
    if alert is None:
        return _open(rule, at, found)
    if alert.ended is not None:
        alert.ended, alert.found = None, found
        with transaction.atomic():
            alert.save(update_fields=["ended", "found"])
            _step(alert, Action.RETURNED)
            queue.tell_owner(alert, Delivery.Event.RETURNED)
    return None


def _open(rule: AlertRule, at: datetime, found: list[dict[str, Any]]) -> Alert | None:
    alert = Alert(
        rule=rule,
        name=rule.name,
        level=rule.level,
        notes=rule.notes,
        words_for=rule.words_for,
        in_admin=rule.in_admin,
        owner=rule.owner,
        begun=at,
        found=found,
        narrowed=wording.narrowing(rule),
    )
    try:
        with transaction.atomic():
            alert.save()
            _step(alert, Action.OPENED)
            queue.tell(alert, rule)
    except IntegrityError:
        return None  # another worker was first
    return alert


@transaction.atomic
def end(rule: AlertRule, at: datetime) -> None:
    """The conditions no longer hold at ``at``."""
    alert = unclosed(rule)
    if alert is None or alert.ended is not None:
        return
    alert.ended = at
    alone = alert.state == State.OPEN
    _step(alert, Action.ENDED)
    if alone:
        alert.state, alert.closed = State.CLOSED, timezone.now()
        _step(alert, Action.CLOSED)
    alert.save(update_fields=["ended", "state", "closed"])
    if rule.tells_end:
        queue.tell_end(alert)


@transaction.atomic
def acknowledge(alert: Alert, user: Any) -> None:
    """Somebody has seen it and works on it; whoever does so owns it where nobody did."""
    if alert.state != State.OPEN:
        return
    alert.state = State.ACKNOWLEDGED
    alert.owner = alert.owner or user
    alert.save(update_fields=["state", "owner"])
    _step(alert, Action.ACKNOWLEDGED, user)


@transaction.atomic
def assign(alert: Alert, owner: Any, user: Any) -> None:
    """Give it to somebody."""
    alert.owner = owner
    alert.save(update_fields=["owner"])
    _step(alert, Action.ASSIGNED, user, str(owner))


@transaction.atomic
def note(alert: Alert, user: Any, text: str) -> None:
    """Write something down."""
    _step(alert, Action.NOTED, user, text)


@transaction.atomic
def follow_up(alert: Alert, user: Any, day: date | None) -> None:
    """Have the owner reminded on ``day``, or on none."""
    alert.follow_up, alert.reminded = day, None
    alert.save(update_fields=["follow_up", "reminded"])
    _step(alert, Action.FOLLOW_UP, user, day.isoformat() if day else "")


@transaction.atomic
def close(alert: Alert, user: Any, text: str = "") -> None:
    """It is done with. The rule opens another one when its conditions begin to hold anew."""
    if alert.state == State.CLOSED:
        return
    alert.state, alert.closed = State.CLOSED, timezone.now()
    alert.save(update_fields=["state", "closed"])
    _step(alert, Action.CLOSED, user, text)


@transaction.atomic
def remind(alert: Alert, today: date) -> None:
    """Tell the owner that the day has come, once."""
    first = Alert.objects.filter(pk=alert.pk, reminded=None).update(reminded=today)
    if first:
        _step(alert, Action.REMINDED)
        queue.tell_owner(alert, Delivery.Event.REMINDED)
