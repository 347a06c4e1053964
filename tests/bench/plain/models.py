"""Shelves and articles, as a project of a day would have them."""

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Orderable, Page
from wagtail.search import index


class Shelf(Page):
    """A category."""

    class Meta:
        app_label = "plain"


class Article(Page):
    """An article: title, summary and body, all of them searched."""

    lead = models.TextField(blank=True)
    body = StreamField(
        [
            ("markdown", blocks.TextBlock()),
            ("code", blocks.TextBlock()),
            ("table", TableBlock()),
            ("image", ImageChooserBlock()),
        ],
        blank=True,
    )
    keywords = models.TextField(blank=True)

    search_fields = [*Page.search_fields, index.SearchField("lead"), index.SearchField("body")]
    content_panels = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("body"),
        InlinePanel("phrasings"),
        FieldPanel("keywords"),
    ]
    template = "plain/article.html"

    class Meta:
        app_label = "plain"

    def get_context(self, request, *args, **kwargs):
        """The way to the page, and what stands beside it."""
        context = super().get_context(request, *args, **kwargs)
        context["crumbs"] = self.get_ancestors().filter(depth__gt=1)
        context["related"] = self.get_siblings(inclusive=False).live()[:5]
        return context


class Phrasing(Orderable):
    """Another way in which people ask."""

    entry = ParentalKey(Article, on_delete=models.CASCADE, related_name="phrasings")
    text = models.CharField(max_length=255)

    class Meta(Orderable.Meta):
        app_label = "plain"
