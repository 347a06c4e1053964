"""Texts that stand in several articles and are edited once."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import TranslatableMixin
from wagtail.snippets.models import register_snippet

from content.audience import Audience
from content.blocks import BasicBody


@register_snippet
class Snippet(TranslatableMixin, models.Model):
    """A reusable text. A reader below its audience sees the article without it."""

    name = models.SlugField(_("name"), max_length=100, allow_unicode=True)
    audience = models.CharField(
        _("audience"), max_length=20, choices=Audience, default=Audience.PUBLIC
    )
    body = StreamField(BasicBody(), verbose_name=_("text"))

    panels = [FieldPanel("name"), FieldPanel("audience"), FieldPanel("body")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("reusable snippet")
        verbose_name_plural = _("reusable snippets")
        ordering = ("name",)

    def __str__(self) -> str:
        return f"{self.name} ({self.locale.language_code})"
