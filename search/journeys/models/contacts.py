"""People who asked a person."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .searches import VisitorKinds


class Contact(models.Model):
    """A message to a person, with what its writer had searched and read before."""

    class State(models.TextChoices):
        """Whether somebody has answered."""

        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    client_id = models.CharField(max_length=64, blank=True, db_index=True)
    kind = models.CharField(max_length=10, choices=VisitorKinds, default=VisitorKinds.CUSTOMER)
    message = models.TextField(_("message"))
    reply_to = models.CharField(_("reply to"), max_length=254)
    locale = models.CharField(_("language"), max_length=20)
    #: [{"query_id", "query", "answered", "created" (ISO 8601)}], oldest first.
    searched = models.JSONField(default=list, blank=True)
    #: [{"id", "title", "created" (ISO 8601)}], oldest first.
    read = models.JSONField(default=list, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.OPEN, db_index=True
    )
    #: The article that answered it, as whoever closed it has linked it.
    entry = models.ForeignKey(
        "content.Entry",
        verbose_name=_("answered by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    #: Whether the first answer was enough; null where nobody has said.
    solved_first = models.BooleanField(_("solved by the first answer"), null=True, blank=True)
    created = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")

    def __str__(self) -> str:
        return f"#{self.pk} ({self.locale})"
