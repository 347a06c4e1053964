"""Alerts, and everything that happened to them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content.audience import Audience

from .rules import AlertRule, Level


class Alert(models.Model):
    """Conditions of a rule began to hold."""

    class State(models.TextChoices):
        """How far somebody has come with it."""

        OPEN = "open", _("Open")
        ACKNOWLEDGED = "acknowledged", _("Acknowledged")
        CLOSED = "closed", _("Closed")

    rule = models.ForeignKey(
        AlertRule, null=True, on_delete=models.SET_NULL, related_name="alerts",
        verbose_name=_("rule"),
    )  # fmt: skip
    #: As the rule was then.
    name = models.CharField(_("name"), max_length=120)
    level = models.CharField(_("level"), max_length=10, choices=Level)
    notes = models.TextField(blank=True)
    words_for = models.CharField(max_length=20, choices=Audience)
    in_admin = models.BooleanField(default=True)
    #: {"locale", "channel", "category", "audience"} and what each condition measured; see wording.
    narrowed = models.JSONField(default=dict)
    found = models.JSONField(default=list)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.OPEN)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="alerts",
    )
    #: The hour at whose end the conditions held, and that at which they no longer did.
    begun = models.DateTimeField(_("begun"))
    ended = models.DateTimeField(_("over since"), null=True, blank=True)
    follow_up = models.DateField(_("follow-up"), null=True, blank=True)
    reminded = models.DateField(null=True, blank=True)
    created = models.DateTimeField(default=timezone.now)
    closed = models.DateTimeField(_("closed"), null=True, blank=True)

    class Meta:
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        constraints = [
            models.UniqueConstraint(
                fields=("rule",), condition=~models.Q(state="closed"), name="one_open_alert_a_rule"
            )
        ]
        indexes = [models.Index(fields=("state", "begun"))]

    def __str__(self) -> str:
        return self.name


class AlertStep(models.Model):
    """Something that happened to an alert."""

    class Action(models.TextChoices):
        """What."""

        OPENED = "opened", _("Opened")
        ACKNOWLEDGED = "acknowledged", _("Acknowledged")
        ASSIGNED = "assigned", _("Assigned")
        NOTED = "noted", _("Note")
        FOLLOW_UP = "follow_up", _("Follow-up set")
        REMINDED = "reminded", _("Owner reminded")
        ENDED = "ended", _("No longer holds")
        RETURNED = "returned", _("Holds again")
        CLOSED = "closed", _("Closed")
        UNSENT = "unsent", _("A message was given up")

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="steps")
    action = models.CharField(max_length=12, choices=Action)
    state = models.CharField(max_length=12, choices=Alert.State)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    note = models.TextField(blank=True)
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        ordering = ("-created", "-pk")

    def __str__(self) -> str:
        return f"{self.alert_id}: {self.action}"
