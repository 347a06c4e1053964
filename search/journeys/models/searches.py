"""One row for each search: keystrokes merged, redacted, chained into an intent."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content.audience import Audience


class VisitorKinds(models.TextChoices):
    """Who searched. Only customers count in customer figures."""

    CUSTOMER = "customer", _("Customer")
    AGENT = "agent", _("Agent")
    STAFF = "staff", _("Staff")
    ROBOT = "robot", _("Crawler")


class Search(models.Model):
    """A search as it was asked and answered. The text is redacted before it gets here."""

    query_id = models.UUIDField(default=uuid.uuid4, unique=True)
    client_id = models.CharField(max_length=64, blank=True)
    kind = models.CharField(max_length=10, choices=VisitorKinds, default=VisitorKinds.CUSTOMER)
    query = models.CharField(_("query"), max_length=500)
    #: What :func:`search.text.group_key` makes of the query; equal for equal questions.
    key = models.CharField(max_length=500, blank=True)
    locale = models.CharField(_("language"), max_length=20)
    channel = models.CharField(_("channel"), max_length=20, default="site")
    audience = models.CharField(max_length=20, choices=Audience, default=Audience.PUBLIC)
    total = models.PositiveIntegerField(default=0)
    answered = models.BooleanField(default=False)
    #: First hits as [entry id, 1-based rank] pairs.
    hits = models.JSONField(default=list, blank=True)
    rescue = models.CharField(max_length=30, blank=True)
    duration_ms = models.FloatField(default=0)
    #: First keystroke and last change.
    created = models.DateTimeField(default=timezone.now)
    updated = models.DateTimeField(default=timezone.now)
    #: False while the visitor may still be typing this very search.
    settled = models.BooleanField(default=True)
    intent_id = models.UUIDField(default=uuid.uuid4)
    clicks = models.PositiveIntegerField(default=0)
    contact = models.ForeignKey(
        "journeys.Contact",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="searches",
    )

    class Meta:
        verbose_name = _("search")
        verbose_name_plural = _("searches")
        indexes = [
            models.Index(fields=("client_id", "updated")),
            models.Index(fields=("created",)),
            models.Index(fields=("key", "locale")),
            models.Index(fields=("intent_id",)),
            models.Index(
                fields=("updated",), name="journeys_unsettled", condition=models.Q(settled=False)
            ),
        ]

    def __str__(self) -> str:
        return self.query

    @property
    def unsuccessful(self) -> bool:
        """No answer, or results without a click, so far."""
        return not self.answered or not self.clicks
