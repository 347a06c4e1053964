"""A rule with its conditions, the alerts it opened, and what is still to be sent."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import Orderable

from content.audience import Audience

from .forms import ConditionForm, RuleForm
from .measures import CHANNELS, GROUPS, choices
from .webhooks.models import Webhook

__all__ = [
    "Alert",
    "AlertRule",
    "AlertSettings",
    "AlertStep",
    "Condition",
    "Delivery",
    "Level",
    "Webhook",
]

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


class Delivery(models.Model):
    """One message to one person or webhook: the queue, and what became of it."""

    class Event(models.TextChoices):
        """What it says."""

        OPENED = "opened", _("Opened")
        ENDED = "ended", _("No longer holds")
        RETURNED = "returned", _("Holds again")
        REMINDED = "reminded", _("Follow-up")
        TEST = "test", _("Test")

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Sent")
        GIVEN_UP = "given_up", _("Given up")
        DROPPED = "dropped", _("Not sent")

    #: Also the id by which a receiver tells a repeated message.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    alert = models.ForeignKey(Alert, null=True, on_delete=models.CASCADE, related_name="deliveries")
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
