"""Front pages and categories: the shelves that entries stand on."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

from content.audience import Audience


class FrontPage(Page):
    """The first page of one language."""

    greeting = models.CharField(_("greeting"), max_length=200, blank=True)

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["content.Category"]
    content_panels = [*Page.content_panels, FieldPanel("greeting")]

    class Meta:
        verbose_name = _("front page")
        verbose_name_plural = _("front pages")


class CategoryQuerySet(PageQuerySet):
    """Categories, narrowed by the one rule of audience."""

    def visible_to(self, audience: Audience) -> CategoryQuerySet:
        """Live categories that hold at least one entry which ``audience`` may see."""
        from .entries import Entry

        below = Entry.objects.visible_to(audience).filter(
            path__startswith=OuterRef("path"), locale_id=OuterRef("locale_id")
        )
        return self.live().filter(Exists(below))


class Category(Page):
    """A shelf of entries; may hold further categories."""

    icon = models.CharField(
        _("icon"), max_length=40, blank=True, help_text=_("Name of a Lucide icon, e.g. “truck”.")
    )
    summary = models.TextField(_("summary"), blank=True)

    objects = PageManager.from_queryset(CategoryQuerySet)()

    parent_page_types = ["content.FrontPage", "content.Category"]
    subpage_types = ["content.Category", "content.FaqEntry", "content.Article"]
    content_panels = [*Page.content_panels, FieldPanel("icon"), FieldPanel("summary")]

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
