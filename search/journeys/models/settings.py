"""What the operator decides about recording."""

from __future__ import annotations

import time

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from .ratings import Measure

_kept: dict[str, tuple[float, JourneySettings]] = {}


@register_setting(icon="view")
class JourneySettings(BaseGenericSetting):
    """Consent, retention, and whether the figures are a demonstration."""

    consent_required = models.BooleanField(
        _("ask for consent"),
        default=False,
        help_text=_("Nothing is recorded of a visitor who has not agreed."),
    )
    retention_days = models.PositiveIntegerField(
        _("keep searches, clicks and reads for (days)"),
        default=180,
        validators=[MinValueValidator(1)],
    )
    contact_retention_days = models.PositiveIntegerField(
        _("keep contacts for (days)"), default=365, validators=[MinValueValidator(1)]
    )
    ask_csat = models.BooleanField(
        _("after a contact, ask how satisfied the person is"),
        default=False,
        help_text=_("One to five (CSAT). Every question may be left out by who is asked."),
    )
    ask_ces = models.BooleanField(
        _("after a contact, ask how easy it was"),
        default=False,
        help_text=_("One to seven (CES)."),
    )
    ask_nps = models.BooleanField(
        _("after a contact, ask whether the person would recommend us"),
        default=False,
        help_text=_("Nought to ten (NPS)."),
    )
    ask_solved = models.BooleanField(
        _("after a contact, ask whether the first answer solved it"),
        default=False,
        help_text=_("Asked by the address that stands beside the contact, for the reply to it."),
    )
    demonstration = models.BooleanField(
        _("demonstration data"),
        default=False,
        help_text=_("Every page of figures says that they are a demonstration."),
    )

    class Meta:
        verbose_name = _("Privacy and retention")

    @property
    def asked(self) -> list[Measure]:
        """The questions that are asked after a contact."""
        return [measure for measure in Measure if getattr(self, f"ask_{measure.value}")]

    def save(self, *args, **kwargs) -> None:
        super().save(*args, **kwargs)
        _kept.clear()

    @classmethod
    def current(cls) -> JourneySettings:
        """The settings as they are, at most ``JOURNEYS_SETTINGS_SECONDS`` old."""
        seconds = settings.JOURNEYS_SETTINGS_SECONDS
        at, kept = _kept.get("current", (0.0, None))
        if kept is not None and time.monotonic() - at < seconds:
            return kept
        fresh = cls.objects.first() or cls()
        _kept["current"] = (time.monotonic(), fresh)
        return fresh
