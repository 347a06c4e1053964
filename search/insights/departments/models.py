"""Departments, the touchpoints they own, which causes belong there, and the weekly digests."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from search.insights.questions.models import QuestionGroup

from .forms import DepartmentForm, RuleForm


class Department(ClusterableModel):
    """People who can act on what customers ask."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    people = ParentalManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name=pgettext_lazy("who belongs to it", "people"),
        blank=True,
        related_name="departments",
    )
    mails = models.BooleanField(
        _("weekly digest by e-mail"),
        default=True,
        help_text=_("Every Monday, to these people. Numbers and links; nobody's words."),
    )

    base_form_class = DepartmentForm

    class Meta:
        app_label = "insights"
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Touchpoint(ClusterableModel):
    """Where a customer meets the house: a page, a letter, a call, a parcel."""

    name = models.CharField(_("name"), max_length=120)
    journey = models.CharField(
        _("part of the journey"),
        max_length=120,
        blank=True,
        help_text=_("For example: choosing, ordering, delivery, using it."),
    )
    department = models.ForeignKey(
        Department,
        verbose_name=_("owning department"),
        on_delete=models.CASCADE,
        related_name="touchpoints",
    )

    class Meta:
        app_label = "insights"
        verbose_name = _("touchpoint")
        verbose_name_plural = _("touchpoints")
        ordering = ("journey", "name")
        constraints = [
            models.UniqueConstraint(fields=("journey", "name"), name="one_touchpoint_a_name")
        ]

    def __str__(self) -> str:
        return f"{self.journey} · {self.name}" if self.journey else self.name


class TouchpointRule(Orderable):
    """What belongs to a touchpoint: everything in and below a category, or a frequent question.

    A frequent question's own rule goes before its category's, a deeper category before a higher.
    """

    touchpoint = ParentalKey(Touchpoint, on_delete=models.CASCADE, related_name="rules")
    category = models.ForeignKey(
        "content.Category",
        verbose_name=_("category"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("With all below it, in all languages."),
    )
    group = models.ForeignKey(
        QuestionGroup,
        verbose_name=_("frequent question"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )

    base_form_class = RuleForm

    class Meta(Orderable.Meta):
        app_label = "insights"
        verbose_name = _("what belongs to it")
        constraints = [
            models.UniqueConstraint(fields=("category",), name="category_of_one_touchpoint"),
            models.UniqueConstraint(fields=("group",), name="group_of_one_touchpoint"),
        ]

    def __str__(self) -> str:
        return str(self.category or self.group or "")

    def clean(self) -> None:
        """One of the two."""
        if bool(self.category_id) == bool(self.group_id):
            raise ValidationError(_("Choose a category or a frequent question."))


class Digest(models.Model):
    """What a department was told of one week, as numbers: whose words they are is looked up when
    somebody who may read them looks."""

    department = models.ForeignKey(Department, on_delete=models.CASCADE, related_name="digests")
    #: Its Monday, in the site's time zone.
    week = models.DateField(_("week from"))
    #: See `digests.Cause`: {"causes": [...], "closed": [...]}.
    data = models.JSONField(default=dict)
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "insights"
        default_permissions = ()
        verbose_name = _("weekly digest")
        verbose_name_plural = _("weekly digests")
        ordering = ("-week", "department__name")
        constraints = [
            models.UniqueConstraint(fields=("department", "week"), name="one_digest_a_week")
        ]

    def __str__(self) -> str:
        return f"{self.department} {self.week}"

    @property
    def last(self) -> date:
        """Its Sunday."""
        return self.week + timedelta(days=6)
