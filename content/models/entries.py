"""Entries: FAQ entries and articles, with everything both share in one table."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page, PageManager
from wagtail.query import PageQuerySet

from content.audience import Audience
from content.blocks import Body

from . import panels


class Kind(models.TextChoices):
    """What an entry is."""

    FAQ = "faq", _("FAQ entry")
    ARTICLE = "article", _("Article")


class Confidence(models.TextChoices):
    """How far an entry can be relied on (KCS v6)."""

    WIP = "wip", _("Work in progress")
    NOT_VALIDATED = "not_validated", _("Not validated")
    VALIDATED = "validated", _("Validated")
    ARCHIVED = "archived", _("Archived")


class EntryQuerySet(PageQuerySet):
    """Entries, narrowed by the one rule of audience."""

    def visible_to(self, audience: Audience) -> EntryQuerySet:
        """What a reader of ``audience`` may see now: live, not expired, meant for them.

        Archived entries are kept for those who work on them, from agents upwards.
        """
        seen = self.filter(live=True, audience__in=[a.value for a in audience.visible()]).filter(
            Q(expire_at__isnull=True) | Q(expire_at__gt=timezone.now())
        )
        if audience.sees(Audience.AGENTS):
            return seen
        return seen.exclude(confidence=Confidence.ARCHIVED)


class Entry(Page):
    """What FAQ entries and articles share. A listing, a check or an audit is one query on it."""

    kind = models.CharField(
        _("kind"), max_length=10, choices=Kind, default=Kind.ARTICLE, editable=False, db_index=True
    )
    #: Short answer of a FAQ entry (Markdown), summary of an article (plain text).
    lead = models.TextField(_("summary"), blank=True)
    body = StreamField(Body(), blank=True, verbose_name=_("body"))
    audience = models.CharField(
        _("audience"),
        max_length=20,
        choices=Audience,
        default=Audience.PUBLIC,
        db_index=True,
        help_text=_("Who may see it, here and in every search, feed and list."),
    )
    confidence = models.CharField(
        _("confidence"), max_length=20, choices=Confidence, default=Confidence.NOT_VALIDATED
    )
    backup_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("backup owner"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="entries_responsible_for",
    )
    verify_by = models.DateField(_("verify by"), null=True, blank=True, db_index=True)
    verified_at = models.DateTimeField(_("last verified"), null=True, blank=True, editable=False)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    verified_revision = models.ForeignKey(
        "wagtailcore.Revision",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    products = ParentalManyToManyField(
        "content.Product", blank=True, verbose_name=_("products"), related_name="entries"
    )
    keywords = models.TextField(_("keywords"), blank=True, help_text=_("One on each line."))

    objects = PageManager.from_queryset(EntryQuerySet)()

    is_creatable = False
    parent_page_types: list[str] = []
    subpage_types: list[str] = []
    promote_panels = panels.PROMOTE
    settings_panels = panels.SETTINGS

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        permissions = [
            ("see_agents", _("Can read texts for agents")),
            ("see_internal", _("Can read internal texts")),
        ]

    @property
    def keyword_list(self) -> list[str]:
        """The keywords, without empty lines."""
        return [word.strip() for word in self.keywords.splitlines() if word.strip()]


class Phrasing(Orderable):
    """Another way in which people ask the question."""

    entry = ParentalKey(Entry, on_delete=models.CASCADE, related_name="phrasings")
    text = models.CharField(_("phrasing"), max_length=255)
    agents_only = models.BooleanField(_("agents only"), default=False)

    class Meta(Orderable.Meta):
        verbose_name = _("other phrasing")
        verbose_name_plural = _("other phrasings")

    def __str__(self) -> str:
        return self.text


class FaqEntry(Entry):
    """A question, its short answer and, where needed, more."""

    parent_page_types = ["content.Category"]
    content_panels = panels.FAQ

    class Meta:
        verbose_name = _("FAQ entry")
        verbose_name_plural = _("FAQ entries")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.kind = Kind.FAQ


class Article(Entry):
    """A help article: title, summary and body."""

    parent_page_types = ["content.Category"]
    content_panels = panels.ARTICLE

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.kind = Kind.ARTICLE
