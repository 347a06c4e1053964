"""Front pages and categories: the shelves that entries stand on."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Value
from django.db.models.functions import Concat
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

from content.audience import Audience

from .serving import ServedByAudience


class FrontPage(ServedByAudience, Page):
    """The first page of one language."""

    greeting = models.CharField(_("greeting"), max_length=200, blank=True)

    template = "content/front_page.html"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["content.Category"]
    content_panels = [*Page.content_panels, FieldPanel("greeting")]

    class Meta:
        verbose_name = _("front page")
        verbose_name_plural = _("front pages")

    def is_visible_to(self, audience: Audience) -> bool:
        """Everybody may see it."""
        return True

    def present(self, audience: Audience, request: HttpRequest) -> dict[str, Any]:
        """See ``content.presenting``."""
        from content.presenting import front_page_context

        return front_page_context(self, audience, request)


class CategoryQuerySet(PageQuerySet):
    """Categories, narrowed by the one rule of audience."""

    def visible_to(self, audience: Audience) -> CategoryQuerySet:
        """Live categories that hold at least one entry which ``audience`` may see."""
        from .entries import Entry

        below = Entry.objects.visible_to(audience).filter(
            # An interval, not a prefix: the database finds it by the index on ``path``.
            path__gt=OuterRef("path"),
            path__lt=Concat(OuterRef("path"), Value("~")),
        )
        return self.live().filter(Exists(below))


class Category(ServedByAudience, Page):
    """A shelf of entries; may hold further categories."""

    icon = models.CharField(
        _("icon"), max_length=40, blank=True, help_text=_("Name of a Lucide icon, e.g. “truck”.")
    )
    summary = models.TextField(_("summary"), blank=True)
    age_half_life = models.PositiveIntegerField(
        _("newer first: half-life in days"),
        null=True,
        blank=True,
        help_text=_(
            "Where newer answers are better ones, as in news: the search puts them a little "
            "higher, and lower those published longer ago than so many days. 0: their age does "
            "not matter. Empty: as in the category above."
        ),
    )

    objects = PageManager.from_queryset(CategoryQuerySet)()

    template = "content/category.html"
    parent_page_types = ["content.FrontPage", "content.Category"]
    subpage_types = ["content.Category", "content.FaqEntry", "content.Article"]
    content_panels = [
        *Page.content_panels,
        FieldPanel("icon"),
        FieldPanel("summary"),
        FieldPanel("age_half_life"),
    ]

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")

    def is_visible_to(self, audience: Audience) -> bool:
        """Whether it holds at least one entry which ``audience`` may see."""
        from .entries import Entry

        return Entry.objects.visible_to(audience).below(self).exists()

    def present(self, audience: Audience, request: HttpRequest) -> dict[str, Any]:
        """See ``content.presenting``."""
        from content.presenting import category_context

        return category_context(self, audience, request)
