"""Which gaps belong to whom."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from search.insights.questions.models import Kind, QuestionGroup


class OwnerRule(models.Model):
    """Gaps that meet all conditions that are set belong to ``owner``; the first rule decides."""

    order = models.PositiveIntegerField(
        _("order"), default=100, help_text=_("Where several rules fit, the lowest decides.")
    )
    category = models.ForeignKey(
        "content.Category",
        verbose_name=_("category"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("The entry that answers, or the nearest one, stands in it or below it."),
    )
    group = models.ForeignKey(
        QuestionGroup,
        verbose_name=_("frequent question"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    kind = models.CharField(
        _("class"),
        max_length=10,
        choices=Kind,
        blank=True,
        help_text=_("Of the frequent questions from which the gap comes."),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        on_delete=models.CASCADE,
        related_name="+",
    )

    class Meta:
        app_label = "insights"
        verbose_name = _("owner rule")
        verbose_name_plural = _("owner rules")
        ordering = ("order", "pk")

    def __str__(self) -> str:
        parts = [
            str(self.category.title) if self.category else "",
            self.group.name if self.group else "",
            str(self.get_kind_display()) if self.kind else "",
        ]
        return " · ".join(part for part in parts if part)

    def clean(self) -> None:
        """At least one condition: a rule for everything would hide that nobody decided."""
        if not (self.category_id or self.group_id or self.kind):
            raise ValidationError(_("Choose a category, a frequent question or a class."))
