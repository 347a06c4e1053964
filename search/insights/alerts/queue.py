"""Messages that wait to be sent, in the transaction of what they tell."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from . import access
from .models import Alert, AlertRule, AlertSettings, Delivery
from .quiet import next_allowed

Event, State = Delivery.Event, Delivery.State


def tell(alert: Alert, rule: AlertRule) -> None:
    """The owner, everybody whom the rule names, and its webhooks."""
    people = access.recipients(rule, alert.owner).exclude(email="")
    if not rule.by_mail:
        people = people.filter(pk=alert.owner_id)
    due = _due(alert, rule)
    rows = [
        Delivery(alert=alert, event=Event.OPENED, user_id=pk, due=due)
        for pk in people.values_list("pk", flat=True)
    ]
    rows += [
        Delivery(alert=alert, event=Event.OPENED, webhook=webhook, due=due)
        for webhook in rule.webhooks.all()
        if webhook.active
    ]
    Delivery.objects.bulk_create(rows)


def tell_end(alert: Alert) -> None:
    """Whoever was told that it began; where that message still waits, it says that it is over."""
    told = alert.deliveries.filter(event=Event.OPENED, state=State.SENT)
    due = _due(alert, alert.rule)
    Delivery.objects.bulk_create(
        Delivery(
            alert=alert,
            event=Event.ENDED,
            user_id=row.user_id,
            webhook_id=row.webhook_id,
            due=due,
        )
        for row in told
    )


def tell_owner(alert: Alert, event: str) -> None:
    """The owner alone, where there is one with an address."""
    if alert.owner and alert.owner.email:
        Delivery.objects.create(
            alert=alert, event=event, user=alert.owner, due=_due(alert, alert.rule)
        )


def _due(alert: Alert, rule: AlertRule | None) -> datetime:
    keeps_quiet = rule.keeps_quiet if rule else True
    return next_allowed(timezone.now(), alert.level, keeps_quiet, AlertSettings.current())
