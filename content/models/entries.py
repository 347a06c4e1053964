"""Entries: FAQ entries and articles, with everything both share in one table."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page, PageManager
from wagtail.query import PageQuerySet

from content.audience import Audience
from content.blocks import Body

from . import panels
from .serving import ServedByAudience


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


class State(models.TextChoices):
    """Where an entry stands between first draft and expiry."""

    DRAFT = "draft", _("Draft")
    LIVE = "live", _("Live")
    CHANGED = "changed", _("Live, with an unpublished draft")
    EXPIRED = "expired", _("Expired")


def keyword_list(keywords: str) -> list[str]:
    """The keywords of an entry as they are stored, without empty lines."""
    return [word.strip() for word in keywords.splitlines() if word.strip()]


class EntryQuerySet(PageQuerySet):
    """Entries, narrowed by the one rule of audience."""

    def in_state(self, state: State | str) -> EntryQuerySet:
        """Entries whose ``state`` is this one."""
        return self.filter(
            **{
                State.DRAFT: {"live": False, "expired": False},
                State.LIVE: {"live": True, "has_unpublished_changes": False},
                State.CHANGED: {"live": True, "has_unpublished_changes": True},
                State.EXPIRED: {"live": False, "expired": True},
            }[State(state)]
        )

    def below(self, page: Page) -> EntryQuerySet:
        """Entries anywhere below ``page``; an interval of paths, which an index serves."""
        return self.filter(path__gt=page.path, path__lt=f"{page.path}~")

    def visible_to(self, audience: Audience) -> EntryQuerySet:
        """What a reader of ``audience`` may see now: live, not expired, meant for them.

        Archived entries are kept for those who work on them, from agents upwards.
        """
        seen = self.filter(live=True, audience__in=[a.value for a in audience.visible()]).filter(
            Q(expire_at__isnull=True) | Q(expire_at__gt=Now())
        )
        if audience.sees(Audience.AGENTS):
            return seen
        return seen.exclude(confidence=Confidence.ARCHIVED)


class Entry(ServedByAudience, Page):
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

    def is_visible_to(self, audience: Audience) -> bool:
        """``EntryQuerySet.visible_to`` for this one entry, without a query."""
        is_current = self.live and not (self.expire_at and self.expire_at <= timezone.now())
        is_kept = self.confidence != Confidence.ARCHIVED or audience.sees(Audience.AGENTS)
        return is_current and is_kept and audience.sees(self.audience)

    def is_previewed_by(self, audience: Audience) -> bool:
        """Drafts and earlier versions obey the audience written in them."""
        return audience.sees(self.audience)

    def present(self, audience: Audience, request: HttpRequest) -> dict[str, Any]:
        """See ``content.presenting``."""
        from content.presenting import entry_context

        return entry_context(self, audience, request)

    def with_content_json(self, content: dict[str, Any]) -> Entry:
        """The entry as a version had it; what was verified since then stays known."""
        entry = super().with_content_json(content)
        entry.verified_at = self.verified_at
        entry.verified_by_id = self.verified_by_id
        entry.verified_revision_id = self.verified_revision_id
        return entry

    @property
    def state(self) -> State:
        """Where it stands between first draft and expiry."""
        if self.live:
            return State.CHANGED if self.has_unpublished_changes else State.LIVE
        return State.EXPIRED if self.expired else State.DRAFT

    @property
    def keyword_list(self) -> list[str]:
        """See `keyword_list`."""
        return keyword_list(self.keywords)


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

    template = "content/faq_entry.html"
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

    template = "content/article.html"
    parent_page_types = ["content.Category"]
    content_panels = panels.ARTICLE

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.kind = Kind.ARTICLE
