"""What is still to be sent, and what became of what was."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..webhooks.models import Webhook
from .opened import Alert


class Delivery(models.Model):
    """One message to one person or webhook: the queue, and what became of it."""

    class Event(models.TextChoices):
        """What it says."""

        OPENED = "opened", _("Opened")
        ENDED = "ended", _("No longer holds")
        RETURNED = "returned", _("Holds again")
        REMINDED = "reminded", _("Follow-up")
        TEST = "test", _("Test")
        DIGEST = "digest", _("Weekly digest")

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Sent")
        GIVEN_UP = "given_up", _("Given up")
        DROPPED = "dropped", _("Not sent")

    #: Also the id by which a receiver tells a repeated message.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    alert = models.ForeignKey(Alert, null=True, on_delete=models.CASCADE, related_name="deliveries")
    digest = models.ForeignKey(
        "insights.Digest", null=True, on_delete=models.CASCADE, related_name="deliveries"
    )
    event = models.CharField(max_length=10, choices=Event)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )
    webhook = models.ForeignKey(
        Webhook, null=True, on_delete=models.CASCADE, related_name="deliveries"
    )
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    #: Not before then; while it is being sent, until when no other worker takes it.
    due = models.DateTimeField(default=timezone.now)
    #: Why the last attempt failed; never an address, a header or a body.
    error = models.CharField(max_length=200, blank=True)
    created = models.DateTimeField(default=timezone.now)
    sent = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ("-created",)
        indexes = [models.Index(fields=("state", "due"))]

    def __str__(self) -> str:
        return f"{self.event} {self.pk}"
