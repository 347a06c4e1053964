"""What was found when a frequent question was last asked of the search, and what before."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from search.insights.questions.models import QuestionGroup


class State(models.TextChoices):
    """Whether customers find an answer by their own words."""

    COVERED = "covered", _("Covered")
    BADLY = "badly", _("Found badly")
    MISSING = "missing", _("Not covered")
    IGNORED = "ignored", _("Ignored")


class Helped(models.TextChoices):
    """Whether the article helped those who read it."""

    YES = "yes", _("It helps")
    NO = "no", _("It does not help")
    UNKNOWN = "unknown", _("Not known")


class Coverage(models.Model):
    """The coverage of one frequent question, as it was looked at last."""

    group = models.OneToOneField(QuestionGroup, on_delete=models.CASCADE, related_name="coverage")
    state = models.CharField(_("coverage"), max_length=10, choices=State)
    #: What answers it; kept also where it is found badly.
    entry = models.ForeignKey(
        "content.Entry",
        verbose_name=_("entry"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="covers",
    )
    #: Of ``whole`` times that the wordings were asked, ``found`` had the entry in the first three.
    found = models.PositiveIntegerField(default=0)
    whole = models.PositiveIntegerField(default=0)
    #: [{"text", "locale", "number" (times asked), "answered", "rank" (of ``entry``, 1-based, 0: not
    #: shown), "first" (id of the entry shown first, 0: none)}].
    seen = models.JSONField(default=list, blank=True)
    helped = models.CharField(
        _("did it help"), max_length=10, choices=Helped, default=Helped.UNKNOWN
    )
    #: Of the entry, by customers in the last four weeks.
    reads = models.PositiveIntegerField(default=0)
    yes = models.PositiveIntegerField(default=0)
    no = models.PositiveIntegerField(default=0)
    #: Of ``readers`` who are known, so many turned to a person within the days of the settings.
    readers = models.PositiveIntegerField(default=0)
    contacts = models.PositiveIntegerField(default=0)
    made = models.DateTimeField(_("looked at"), default=timezone.now)
    #: Something has changed since, so that it has to be looked at again.
    due = models.BooleanField(default=False, db_index=True)

    class Meta:
        app_label = "insights"
        verbose_name = _("coverage")
        verbose_name_plural = _("coverages")

    def __str__(self) -> str:
        return str(self.get_state_display())


class CoverageStep(models.Model):
    """From ``since`` on a frequent question was in ``state``; the first one holds before, too."""

    group = models.ForeignKey(
        QuestionGroup, on_delete=models.CASCADE, related_name="coverage_steps"
    )
    state = models.CharField(max_length=10, choices=State)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "insights"
        ordering = ("since", "pk")
        indexes = [models.Index(fields=("group", "since"))]

    def __str__(self) -> str:
        return f"{self.group_id}: {self.state}"
