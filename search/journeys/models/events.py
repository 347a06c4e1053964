"""What people did with what they found."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .searches import VisitorKinds


class Action(models.TextChoices):
    """UBI ``action_name``."""

    CLICK = "click", _("Click")
    READ = "read", _("Read")
    VOTE = "vote", _("Vote")
    COPY = "copy", _("Copied")
    USED_SOLVED = "used_solved", _("Used, solved")
    USED_UNSOLVED = "used_unsolved", _("Used, not solved")
    NOT_FOUND = "not_found", _("Not found")


class Event(models.Model):
    """One action, with UBI names; ``position_ordinal`` is the 1-based rank, null outside lists."""

    action_name = models.CharField(max_length=20, choices=Action)
    query_id = models.UUIDField(null=True, blank=True, db_index=True)
    client_id = models.CharField(max_length=64, blank=True)
    kind = models.CharField(max_length=10, choices=VisitorKinds, default=VisitorKinds.CUSTOMER)
    object_id = models.BigIntegerField(null=True, blank=True)
    object_version = models.BigIntegerField(null=True, blank=True)
    position_ordinal = models.PositiveIntegerField(null=True, blank=True)
    section = models.CharField(max_length=200, blank=True)
    locale = models.CharField(max_length=20, blank=True)
    channel = models.CharField(max_length=20, default="site")
    created = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [
            models.Index(fields=("object_id", "action_name", "created")),
            models.Index(fields=("client_id", "created")),
        ]

    def __str__(self) -> str:
        return f"{self.action_name} {self.object_id or ''}".strip()


class Vote(models.Model):
    """Whether one version of an entry (or one section of it) helped, and why not."""

    client_id = models.CharField(max_length=64, blank=True)
    kind = models.CharField(max_length=10, choices=VisitorKinds, default=VisitorKinds.CUSTOMER)
    object_id = models.BigIntegerField(db_index=True)
    object_version = models.BigIntegerField(null=True, blank=True)
    section = models.CharField(max_length=200, blank=True)
    helpful = models.BooleanField(_("helpful"))
    reason = models.CharField(_("reason"), max_length=40, blank=True)
    comment = models.TextField(_("comment"), blank=True)
    query_id = models.UUIDField(null=True, blank=True)
    locale = models.CharField(max_length=20, blank=True)
    created = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")

    def __str__(self) -> str:
        return f"{'yes' if self.helpful else 'no'}: {self.object_id}"
