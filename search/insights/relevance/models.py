"""Judged queries, and what each run of them measured."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from content.audience import Audience
from search.text import exact_key


class JudgedQuery(ClusterableModel):
    """A question with the entries that answer it."""

    class State(models.TextChoices):
        """Whether it counts."""

        PROPOSED = "proposed", _("Proposed")
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Refused")

    class Source(models.TextChoices):
        """Where the judgement comes from."""

        PERSON = "person", _("Written by a person")
        CLICKS = "clicks", _("Clicks")
        CONTACT = "contact", _("Solved on the contact form")
        AGENT = "agent", _("Given by agents")

    text = models.CharField(_("question"), max_length=255)
    key = models.CharField(max_length=255, editable=False)
    locale = models.CharField(
        _("language"), max_length=20, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    audience = models.CharField(
        _("asked by"), max_length=20, choices=Audience, default=Audience.PUBLIC
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ACCEPTED)
    source = models.CharField(
        _("source"), max_length=10, choices=Source, default=Source.PERSON, editable=False
    )
    people = models.PositiveIntegerField(_("people"), default=0, editable=False)

    class Meta:
        verbose_name = _("judged query")
        verbose_name_plural = _("judged queries")
        constraints = [
            models.UniqueConstraint(fields=("key", "locale", "audience"), name="one_judged_query")
        ]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        """A question that can be asked, and once only."""
        self.text = " ".join(self.text.split())
        self.key = exact_key(self.text)
        if not any(character.isalnum() for character in self.text):
            raise ValidationError({"text": _("Write a question with at least one word.")})
        others = JudgedQuery.objects.exclude(pk=self.pk)
        if others.filter(key=self.key, locale=self.locale, audience=self.audience).exists():
            raise ValidationError({"text": _("This question is judged already.")})


class Judgement(Orderable):
    """One entry's grade for a question."""

    class Grade(models.IntegerChoices):
        """How well it answers."""

        ANSWERS = 3, _("Answers it")
        HELPS = 2, _("Helps")
        TOUCHES = 1, _("Touches it")

    query = ParentalKey(JudgedQuery, on_delete=models.CASCADE, related_name="judgements")
    entry = models.ForeignKey(
        "content.Entry", on_delete=models.CASCADE, related_name="+", verbose_name=_("entry")
    )
    grade = models.PositiveSmallIntegerField(_("grade"), choices=Grade, default=Grade.ANSWERS)

    class Meta(Orderable.Meta):
        verbose_name = _("judgement")
        verbose_name_plural = _("judgements")

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.grade}"


class RelevanceRun(models.Model):
    """All accepted queries at one moment. ``p`` (0–1): how often chance alone would fall so far."""

    class Cause(models.TextChoices):
        """Why it was run."""

        NIGHTLY = "nightly", _("By night")
        TUNING = "tuning", _("Tuning changed")
        DEMAND = "demand", _("On demand")

    created = models.DateTimeField(_("time"), default=timezone.now, db_index=True)
    cause = models.CharField(_("cause"), max_length=10, choices=Cause)
    tuning = models.BigIntegerField(default=0)
    queries = models.PositiveIntegerField(_("queries"), default=0)
    ndcg = models.FloatField("nDCG@10", default=0)
    mrr = models.FloatField("MRR@10", default=0)
    recall = models.FloatField("Recall@10", default=0)
    before = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    p = models.FloatField(null=True)
    fell = models.BooleanField(_("fell"), default=False)

    class Meta:
        verbose_name = _("relevance run")
        verbose_name_plural = _("relevance runs")
        ordering = ("-created", "-pk")

    def __str__(self) -> str:
        return f"{self.created:%Y-%m-%d %H:%M} nDCG@10 {self.ndcg:.3f}"


class RelevanceResult(models.Model):
    """What one query measured in one run, and the first ten that it found."""

    run = models.ForeignKey(RelevanceRun, on_delete=models.CASCADE, related_name="results")
    query = models.ForeignKey(JudgedQuery, on_delete=models.CASCADE, related_name="+")
    ndcg = models.FloatField()
    mrr = models.FloatField()
    recall = models.FloatField()
    ranking = models.JSONField(default=list)

    class Meta:
        verbose_name = _("result of a query")
        verbose_name_plural = _("results of queries")
        constraints = [models.UniqueConstraint(fields=("run", "query"), name="one_result_a_query")]

    def __str__(self) -> str:
        return f"{self.query_id}: {self.ndcg:.3f}"
