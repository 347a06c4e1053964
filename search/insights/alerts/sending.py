"""Sends what waits: each message until it has arrived or was tried often enough.

A message may arrive twice where a worker dies between sending and writing so down; its id is the
same then.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.users.models import UserProfile

from content.audience import Audience
from search.insights.departments import wording as digests

from . import wording
from .models import AlertSettings, AlertStep, Delivery
from .quiet import next_allowed
from .webhooks import payload, posting
from .webhooks.address import Forbidden

log = logging.getLogger(__name__)

#: How long after each failure it is tried again; after the last it is given up: 21 hours in all.
PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=12),
)
#: So long a worker has a message for itself; longer than any attempt takes.
LEASE = timedelta(minutes=2)
#: Messages of one run, so that slow receivers do not hold up the others.
BATCH = 50

State = Delivery.State


class NotSent(Exception):
    """The mail server did not take it."""


def send_due() -> int:
    """Send what is due, mails first. Returns how many messages were tried."""
    waiting = Delivery.objects.filter(state=State.WAITING, due__lte=timezone.now())
    due = waiting.select_related(
        "alert__owner", "alert__rule", "digest__department", "user", "webhook"
    )
    return sum(
        _claim_and_send(row)
        for row in due.order_by(F("webhook").asc(nulls_first=True), "due")[:BATCH]
    )


def lease() -> datetime:
    """Until when a message that is being sent now is nobody else's."""
    return timezone.now() + LEASE


def _claim_and_send(row: Delivery) -> bool:
    mine = Delivery.objects.filter(pk=row.pk, state=State.WAITING, due=row.due)
    later = _later(row)
    if later is not None:
        mine.update(due=later)
        return False
    if not mine.update(due=lease(), attempts=F("attempts") + 1):
        return False
    row.attempts += 1
    send(row)
    return True


def _later(row: Delivery) -> datetime | None:
    """The end of the quiet hours, where a repeated attempt would fall into them."""
    if row.alert is None:
        return None
    now = timezone.now()
    keeps_quiet = row.alert.rule.keeps_quiet if row.alert.rule else True
    allowed = next_allowed(now, row.alert.level, keeps_quiet, AlertSettings.current())
    return allowed if allowed > now else None


def send(row: Delivery) -> None:
    """One attempt, and what became of it."""
    try:
        sent = _mail(row) if row.user is not None else _post(row)
    except (NotSent, posting.NotTaken) as error:
        _failed(row, str(error), again=True)
    except Forbidden as error:
        _failed(row, str(error), again=False)
    else:
        row.state = State.SENT if sent else State.DROPPED
        row.sent, row.error = timezone.now() if sent else None, ""
        row.save(update_fields=["state", "sent", "error"])


def _failed(row: Delivery, error: str, *, again: bool) -> None:
    row.error = error[:200]
    if again and row.attempts <= len(PAUSES) and row.event != Delivery.Event.TEST:
        row.due = timezone.now() + PAUSES[row.attempts - 1]
        row.save(update_fields=["due", "error"])
        return
    row.state = State.GIVEN_UP
    row.save(update_fields=["state", "error"])
    to = str(row.webhook or row.user)
    log.warning("A message was given up: %s", row.pk)
    if row.alert is not None:
        AlertStep.objects.create(
            alert=row.alert,
            action=AlertStep.Action.UNSENT,
            state=row.alert.state,
            note=f"{to}: {row.error}",
        )


def _mail(row: Delivery) -> bool:
    """To one person, in their language, with no word that they may not see."""
    user = row.user
    if user is None or not user.is_active or not user.email:
        return False
    language = UserProfile.get_for_user(user).get_preferred_language()
    with translation.override(language):
        written = _written(row, Audience.of(user))
    if written is None:
        return False
    subject, body = written
    message = EmailMessage(
        subject,
        body,
        to=[user.email],
        headers={"Auto-Submitted": "auto-generated", "X-Alert-Delivery": str(row.pk)},
    )
    try:
        message.send()
    except Exception:  # the backends raise what they like
        log.exception("A mail could not be sent; this is tried again")
        raise NotSent(_("The mail server did not take it.")) from None
    return True


def _written(row: Delivery, reader: Audience) -> tuple[str, str] | None:
    """Subject and body; None where there is nothing left to tell."""
    if row.digest is not None:
        return digests.subject(row.digest), digests.body(row.digest)
    if row.alert is None:
        return None
    return wording.subject(row.alert, row.event, reader), wording.body(row.alert, reader)


def _post(row: Delivery) -> bool:
    webhook = row.webhook
    if webhook is None or not webhook.active:
        return False
    with translation.override(settings.LANGUAGE_CODE):
        body = payload.of(row)
        posting.post(webhook.url, webhook.secret, str(row.pk), body)
    return True
