"""Gaps, the evidence for each, and everything that happened to them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content.audience import Audience

from .alerts.models import (
    Alert,
    AlertRule,
    AlertSettings,
    AlertStep,
    Condition,
    Delivery,
    Webhook,
)
from .coverage.models import Coverage, CoverageStep
from .departments.models import Department, Digest, Touchpoint, TouchpointRule
from .diagnosis.models import Diagnosis
from .joining.models import GapVector, KeptApart
from .metrics.models import (
    Asked,
    Bucket,
    CountedDay,
    Counting,
    FigureSettings,
    People,
    Reading,
)
from .owning.models import OwnerRule
from .proposals.models import Proposal, ProposalEvidence
from .questions.models import (
    ClassWord,
    GroupHistory,
    GroupingRun,
    ImportProblem,
    Question,
    QuestionGroup,
    QuestionImport,
    QuestionText,
    TextVector,
)
from .relevance.models import JudgedQuery, Judgement, RelevanceResult, RelevanceRun

__all__ = [
    "UNFINISHED",
    "Alert",
    "AlertRule",
    "AlertSettings",
    "AlertStep",
    "Asked",
    "Bucket",
    "ClassWord",
    "Condition",
    "CountedDay",
    "Counting",
    "Coverage",
    "CoverageStep",
    "Delivery",
    "Department",
    "Diagnosis",
    "Digest",
    "FigureSettings",
    "Gap",
    "GapEvidence",
    "GapHistory",
    "GapVector",
    "GroupHistory",
    "GroupingRun",
    "ImportProblem",
    "JudgedQuery",
    "Judgement",
    "KeptApart",
    "OwnerRule",
    "People",
    "Proposal",
    "ProposalEvidence",
    "Question",
    "QuestionGroup",
    "QuestionImport",
    "QuestionText",
    "Reading",
    "Reason",
    "RelevanceResult",
    "RelevanceRun",
    "State",
    "TextVector",
    "Touchpoint",
    "TouchpointRule",
    "Webhook",
]


class Reason(models.TextChoices):
    """Why a search counts as failed; or that a frequent question without an answer was asked."""

    NO_ANSWER = "no_answer", _("No answer")
    NO_CLICK = "no_click", _("Results, no click")
    CONTACT = "contact", _("Ended in a contact")
    FLAGGED = "flagged", _("Flagged by an agent")
    UNHELPFUL = "unhelpful", _("Read, and did not help")
    ASKED = "asked", _("Asked in a conversation")


class State(models.TextChoices):
    """How far a gap has come."""

    OPEN = "open", _("Open")
    IN_WORK = "in_work", _("In work")
    VERIFYING = "verifying", _("Verifying")
    CLOSED = "closed", _("Closed")
    IGNORED = "ignored", _("Ignored")


#: What waits for somebody.
UNFINISHED = (State.OPEN, State.IN_WORK, State.VERIFYING)


class Gap(models.Model):
    """Failed searches that ask the same thing. Its figures are kept, so that lists are quick."""

    #: :func:`search.text.group_key` of the searches, and the language ("en", "zh") of their site.
    #: Both scripts of Chinese share a gap: they share their key, and find each other's answers.
    key = models.CharField(max_length=500)
    language = models.CharField(max_length=10)
    #: Locale and wording in which most of the searches were made.
    locale = models.CharField(_("language"), max_length=20)
    question = models.CharField(_("question"), max_length=500)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="gaps",
    )
    #: The rule by which it came to its owner; none where a person decided.
    owner_rule = models.ForeignKey(
        OwnerRule, null=True, blank=True, on_delete=models.SET_NULL, related_name="gaps"
    )
    entry = models.ForeignKey(
        "content.Entry",
        verbose_name=_("answer"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="gaps",
    )
    #: The live version of the answer when its revision was begun: until another one is published
    #: there is nothing to replay.
    revised_from = models.BigIntegerField(null=True, blank=True)
    people = models.PositiveIntegerField(_("people"), default=0)
    intents = models.PositiveIntegerField(_("intents"), default=0)
    #: Intents of the last seven days, of the seven before, and the difference.
    last_week = models.PositiveIntegerField(_("last 7 days"), default=0)
    previous_week = models.PositiveIntegerField(_("7 days before"), default=0)
    trend = models.IntegerField(_("trend"), default=0)
    #: Of the last four weeks: how many of them there were, people summed over the weeks, contacts.
    weeks = models.FloatField(default=1)
    week_people = models.PositiveIntegerField(default=0)
    week_contacts = models.PositiveIntegerField(default=0)
    #: The impact: the two a week.
    people_a_week = models.FloatField(_("people a week"), default=0)
    contacts_a_week = models.FloatField(_("contacts a week"), default=0)
    #: Failed searches by reason.
    no_answer = models.PositiveIntegerField(default=0)
    no_click = models.PositiveIntegerField(default=0)
    contact = models.PositiveIntegerField(default=0)
    flagged = models.PositiveIntegerField(default=0)
    unhelpful = models.PositiveIntegerField(default=0)
    asked = models.PositiveIntegerField(default=0)
    created = models.DateTimeField(_("first seen"), default=timezone.now)
    last_seen = models.DateTimeField(_("last seen"), default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    due = models.DateField(_("due"), null=True, blank=True)
    #: The gap in the queue that this one means the same as: its searches count there, and it keeps
    #: its number. Never one that is joined itself.
    joined_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="joined"
    )

    class Meta:
        verbose_name = _("gap")
        verbose_name_plural = _("gaps")
        constraints = [models.UniqueConstraint(fields=("key", "language"), name="one_gap_a_key")]
        indexes = [
            models.Index(fields=("state", "people")),
            models.Index(fields=("state", "people_a_week")),
            models.Index(fields=("state", "intents")),
            models.Index(fields=("state", "trend")),
            models.Index(fields=("state", "last_seen")),
        ]

    def __str__(self) -> str:
        return self.question

    @property
    def waits_for_revision(self) -> bool:
        """Whether the revision of its answer has been begun and not published."""
        entry = self.entry
        return bool(entry and self.revised_from and entry.live_revision_id == self.revised_from)

    @property
    def queued(self) -> Gap:
        """The gap in which its searches count: itself, or the one that it is joined into."""
        return self.joined_into or self

    @property
    def fall(self) -> int:
        """By how many intents the last week is below the one before."""
        return max(0, -self.trend)

    @property
    def diagnosis_name(self) -> str:
        """The diagnosis in the reader's language; "" while there is none."""
        found = getattr(self, "diagnosis", None)
        return found.get_kind_display() if found else ""

    @property
    def overdue(self) -> bool:
        """Whether it should have been closed before today."""
        return self.due is not None and self.state in UNFINISHED and self.due < timezone.localdate()

    @property
    def locale_name(self) -> str:
        """The language's name in the reader's language."""
        return str(dict(settings.LANGUAGES).get(self.locale, self.locale))


class GapEvidence(models.Model):
    """One failed search, for one reason; or one question of a frequent question without an answer.

    The text was redacted when it was recorded.
    """

    gap = models.ForeignKey(Gap, on_delete=models.CASCADE, related_name="evidence")
    #: The gap of its own words, where that one is joined into ``gap``.
    own = models.ForeignKey(
        Gap, null=True, blank=True, on_delete=models.CASCADE, related_name="own_evidence"
    )
    query_id = models.UUIDField()
    reason = models.CharField(_("reason"), max_length=10, choices=Reason)
    client_id = models.CharField(max_length=64, blank=True)
    intent_id = models.UUIDField()
    kind = models.CharField(max_length=10)
    query = models.CharField(_("query"), max_length=500)
    locale = models.CharField(_("language"), max_length=20)
    audience = models.CharField(_("audience"), max_length=20, choices=Audience)
    channel = models.CharField(_("channel"), max_length=20)
    created = models.DateTimeField(_("time"), db_index=True)

    class Meta:
        verbose_name = _("failed search")
        verbose_name_plural = _("failed searches")
        constraints = [
            models.UniqueConstraint(fields=("query_id", "reason"), name="one_evidence_a_reason")
        ]
        indexes = [models.Index(fields=("gap", "created"))]

    def __str__(self) -> str:
        return self.query


class GapHistory(models.Model):
    """One step in the life of a gap; replays keep their proof in ``data``."""

    class Action(models.TextChoices):
        """What happened."""

        OPENED = "opened", _("Opened")
        TAKEN = "taken", _("Taken")
        ASSIGNED = "assigned", _("Assigned")
        DRAFTED = "drafted", _("Answer begun")
        TRANSLATED = "translated", _("Translation begun")
        REVISED = "revised", _("Revision begun")
        LINKED = "linked", _("Answered by an entry there was")
        VERIFYING = "verifying", _("Answer published, replay started")
        REPLAYED = "replayed", _("Replayed")
        CLOSED = "closed", _("Closed")
        REOPENED = "reopened", _("Reopened")
        IGNORED = "ignored", _("Ignored")
        ASKED = "asked", _("Another audience asked for")
        COMMENTED = "commented", _("Commented")
        DUE = "due", _("Due date set")
        JOINED = "joined", _("Joined with a gap that means the same")
        SPLIT = "split", _("Split off")

    gap = models.ForeignKey(Gap, on_delete=models.CASCADE, related_name="history")
    action = models.CharField(max_length=10, choices=Action)
    state = models.CharField(max_length=10, choices=State)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    note = models.CharField(max_length=500, blank=True)
    #: Of a replay: {"searches", "found", "failing": [{"query", "locale", "audience", "count"}]}.
    data = models.JSONField(default=dict, blank=True)
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("history of a gap")
        verbose_name_plural = _("history of gaps")
        ordering = ("-created", "-pk")
        indexes = [models.Index(fields=("gap", "created"))]

    def __str__(self) -> str:
        return f"{self.gap_id}: {self.action}"
