"""When an alert opens: a rule and its conditions."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from content.audience import Audience

from ..forms import ConditionForm, RuleForm
from ..measures import CHANNELS, GROUPS, choices
from ..webhooks.models import Webhook

#: Longest time that a rule asks for, in hours.
LONGEST_HOLD = 7 * 24


class Level(models.TextChoices):
    """How much it matters."""

    NOTICE = "notice", _("Notice")
    WARNING = "warning", _("Warning")
    CRITICAL = "critical", _("Critical")


class AlertRule(ClusterableModel):
    """When an alert opens, what it is about, and who hears of it."""

    name = models.CharField(_("name"), max_length=120)
    level = models.CharField(_("level"), max_length=10, choices=Level, default=Level.WARNING)
    active = models.BooleanField(_("active"), default=True)
    notes = models.TextField(
        _("what to do"), blank=True, help_text=_("Stands in the alert and in its messages.")
    )
    words_for = models.CharField(
        _("name and notes may be read by"),
        max_length=20,
        choices=Audience,
        default=Audience.INTERNAL,
        help_text=_("Messages to others leave them out, and keep level and figures."),
    )
    locale = models.CharField(_("language"), max_length=20, blank=True, choices=settings.LANGUAGES)
    channel = models.CharField(_("channel"), max_length=20, blank=True, choices=CHANNELS)
    category = models.ForeignKey(
        "content.Category",
        verbose_name=_("category"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    audience = models.CharField(_("audience"), max_length=20, blank=True, choices=Audience)
    lasting = models.PositiveSmallIntegerField(
        _("hours for which it must hold"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_HOLD)],
        help_text=_("It is over when it has not held for as many hours."),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Owns the alerts of this rule, and always hears of them by e-mail."),
    )
    by_mail = models.BooleanField(_("by e-mail"), default=True)
    in_admin = models.BooleanField(_("on the first page of the admin"), default=True)
    people = ParentalManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name=_("people"), blank=True, related_name="+"
    )
    roles = ParentalManyToManyField(Group, verbose_name=_("roles"), blank=True, related_name="+")
    webhooks = ParentalManyToManyField(
        Webhook, verbose_name=_("webhooks"), blank=True, related_name="rules"
    )
    keeps_quiet = models.BooleanField(_("keeps the quiet hours"), default=True)
    tells_end = models.BooleanField(_("tells when it is over"), default=True)
    #: Whether the conditions hold since they last began to: an alert opens when they begin to.
    holds = models.BooleanField(default=False, editable=False)
    #: Decided for the hours up to this one; null: not yet, or to be decided anew.
    decided = models.DateTimeField(null=True, editable=False)

    base_form_class = RuleForm

    class Meta:
        verbose_name = _("alert rule")
        verbose_name_plural = _("alert rules")

    def __str__(self) -> str:
        return self.name


class Condition(Orderable):
    """One comparison. "And" binds closer than "or"."""

    class Joined(models.TextChoices):
        """How it goes with the one before."""

        AND = "and", _("and")
        OR = "or", _("or")

    class Comparison(models.TextChoices):
        """What is compared with the threshold."""

        VALUE = "value", _("The value")
        CHANGE = "change", _("The change against the period before")

    class Operator(models.TextChoices):
        """On which side."""

        ABOVE = "above", _("is above")
        BELOW = "below", _("is below")

    class Hours(models.IntegerChoices):
        """The period over which it is measured."""

        ONE = 1, _("1 hour")
        THREE = 3, _("3 hours")
        SIX = 6, _("6 hours")
        TWELVE = 12, _("12 hours")
        DAY = 24, _("24 hours")
        THREE_DAYS = 72, _("3 days")
        WEEK = 168, _("7 days")
        FOUR_WEEKS = 672, _("28 days")

    rule = ParentalKey(AlertRule, on_delete=models.CASCADE, related_name="conditions")
    joined = models.CharField(
        _("joined by"),
        max_length=3,
        choices=Joined,
        default=Joined.AND,
        help_text=_("Of the first one it does not matter. “And” binds closer than “or”."),
    )
    measure = models.CharField(_("figure"), max_length=40, choices=choices)
    gap = models.ForeignKey(
        "insights.Gap",
        verbose_name=_("group"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Of failed searches of a group: which one. Empty: any group."),
    )
    question = models.ForeignKey(
        "insights.QuestionGroup",
        verbose_name=_("frequent question"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Of times that it was asked: which one. Empty: any."),
    )
    comparison = models.CharField(
        _("what"), max_length=10, choices=Comparison, default=Comparison.VALUE
    )
    operator = models.CharField(_("side"), max_length=10, choices=Operator, default=Operator.ABOVE)
    threshold = models.FloatField(
        _("threshold"),
        help_text=_(
            "As the pages of figures show it: rates in per cent. Changes: of rates in points, of "
            "counts in per cent, else in the figure’s unit."
        ),
    )
    hours = models.PositiveSmallIntegerField(_("over"), choices=Hours, default=Hours.DAY)
    minimum = models.PositiveIntegerField(
        _("smallest n"),
        default=20,
        help_text=_(
            "With fewer cases nothing is decided; of a change, in the period before as well. A "
            "count that is to be below something is looked at whatever it is."
        ),
    )

    base_form_class = ConditionForm

    class Meta(Orderable.Meta):
        verbose_name = _("condition")
        verbose_name_plural = _("conditions")

    def __str__(self) -> str:
        return f"{self.measure} {self.operator} {self.threshold}"

    def clean(self) -> None:
        """Each figure has its own groups, or none."""
        for field in GROUPS.values():
            if getattr(self, f"{field}_id") and GROUPS.get(self.measure) != field:
                raise ValidationError({field: _("This figure is not counted by such groups.")})

    @property
    def group_id(self) -> int | None:
        """The one group that it is about, if any."""
        field = GROUPS.get(self.measure)
        return getattr(self, f"{field}_id") if field else None
