"""What editors put first among the most asked questions."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet

from .answered.models import AnswerThreshold
from .signals.models import SignalCount, SignalRun
from .together.models import AskedTogether

__all__ = ["AnswerThreshold", "AskedTogether", "PinnedQuestion", "SignalCount", "SignalRun"]


@register_snippet
class PinnedQuestion(models.Model):
    """An entry shown before those that clicks and votes have chosen, in its own language."""

    entry = models.ForeignKey(
        "content.Entry", verbose_name=_("entry"), on_delete=models.CASCADE, related_name="+"
    )
    category = models.ForeignKey(
        "content.Category",
        verbose_name=_("category"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Where it is pinned; empty for the front page."),
    )
    order = models.PositiveIntegerField(_("order"), default=0)

    panels = [FieldPanel("entry"), FieldPanel("category"), FieldPanel("order")]

    class Meta:
        verbose_name = _("pinned question")
        verbose_name_plural = _("pinned questions")
        ordering = ("order", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("entry", "category"),
                name="pinned_once",
                violation_error_message=_("This entry is pinned here already."),
            )
        ]

    def __str__(self) -> str:
        return self.entry.title
