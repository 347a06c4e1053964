"""An address that hears of alerts."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from content.audience import Audience
from search.insights.alerts.forms import WebhookForm

from .address import Forbidden, check_url


class Webhook(models.Model):
    """Where to, signed by what. The secret is written once and never shown."""

    name = models.CharField(_("name"), max_length=120)
    url = models.URLField(_("address"), max_length=500)
    secret = models.CharField(
        _("secret"),
        max_length=200,
        help_text=_(
            "Signs each message (HMAC-SHA256, as Standard Webhooks describe). At least 24 "
            "characters, the same at the receiver. It is never shown again."
        ),
    )
    active = models.BooleanField(_("active"), default=True)
    audience = models.CharField(
        _("its readers may see words for"),
        max_length=20,
        choices=Audience,
        default=Audience.PUBLIC,
        help_text=_("Words that are meant for fewer people are left out."),
    )

    base_form_class = WebhookForm

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")

    def __str__(self) -> str:
        return self.name

    @property
    def host(self) -> str:
        """The part of the address that may be shown: others can hold keys."""
        return urlsplit(self.url).hostname or ""

    def clean(self) -> None:
        """An address that a message may be sent to, as far as can be told without asking DNS."""
        try:
            check_url(self.url)
        except Forbidden as error:
            raise ValidationError({"url": str(error)}) from None
