"""What the operator decides about alerts."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


@register_setting(icon="warning")
class AlertSettings(BaseGenericSetting):
    """When nobody wants to be woken."""

    quiet_from = models.TimeField(
        _("quiet from"), null=True, blank=True, help_text=_("In the site’s time zone.")
    )
    quiet_to = models.TimeField(_("quiet to"), null=True, blank=True)
    critical_passes = models.BooleanField(_("critical alerts are told at once"), default=True)

    class Meta:
        verbose_name = _("Alerts")

    def clean(self) -> None:
        """Both ends, or none."""
        if (self.quiet_from is None) != (self.quiet_to is None):
            raise ValidationError(_("Quiet hours need a beginning and an end."))

    @classmethod
    def current(cls) -> AlertSettings:
        """The settings as they are."""
        return cls.objects.first() or cls()
