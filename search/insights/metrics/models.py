"""Sums of facts, kept when the records they came from are gone."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from content.audience import Audience
from search.journeys.models import VisitorKinds


class Period(models.TextChoices):
    """How long a sum reaches, in the site's time zone."""

    HOUR = "hour"
    DAY = "day"
    MONTH = "month"


#: In the place of a category: all together, whatever category they belong to.
ALL = -1


class Summed(models.Model):
    """A sum over one period, which begins at ``start`` (an instant), of one kind of visitor."""

    period = models.CharField(max_length=5, choices=Period)
    start = models.DateTimeField()
    kind = models.CharField(max_length=10, choices=VisitorKinds)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.period} {self.start.isoformat()} {self.kind}"


def _count() -> models.BigIntegerField:
    return models.BigIntegerField(default=0)


class Bucket(Summed):
    """What the facts of one period, place and audience add up to. See ``declared`` for formulas."""

    locale = models.CharField(max_length=20)
    channel = models.CharField(max_length=20)
    audience = models.CharField(max_length=20, choices=Audience)
    #: Primary key of the category, 0: none; or :data:`ALL`, the only one that hours have.
    category = models.BigIntegerField()

    searches = _count()
    intents = _count()
    no_answer = _count()
    no_results = _count()
    with_hits = _count()
    no_click = _count()
    clicked = _count()
    reformulated = _count()
    rescued = _count()
    contacted = _count()
    unsuccessful = _count()
    deflected = _count()
    clicks = _count()
    ranked = _count()
    rank_sum = _count()
    rank_squares = _count()
    #: Reciprocal ranks in units of 1/720720 (exact for ranks up to 16), their squares in 1/10^6.
    reciprocal = _count()
    reciprocal_squares = _count()
    solved = _count()
    unsolved = _count()
    flagged = _count()
    #: Times to an answer: how many, their sum in tenths of a second, the sum of the squares.
    timed = _count()
    time_sum = _count()
    time_squares = _count()
    reads = _count()
    votes = _count()
    helpful = _count()
    forms = _count()
    forms_solved = _count()
    contacts = _count()
    closed = _count()
    linked = _count()
    known = _count()
    new = _count()
    unknown = _count()
    fcr_answers = _count()
    fcr_solved = _count()
    csat_answers = _count()
    csat_satisfied = _count()
    ces_answers = _count()
    ces_sum = _count()
    ces_squares = _count()
    nps_answers = _count()
    nps_promoters = _count()
    nps_detractors = _count()
    #: Questions of customers in frequent questions, by whether these were covered then.
    asked = _count()
    covered = _count()
    badly = _count()
    uncovered = _count()

    class Meta:
        default_permissions = ()
        permissions = [
            ("overview_bucket", _("Can see the overview and the team's figures")),
            ("view_bucket", _("Can see the figures of searches and content")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=("period", "start", "kind", "locale", "channel", "audience", "category"),
                name="one_bucket_a_place",
            )
        ]
        indexes = [models.Index(fields=("period", "category", "start"))]


#: Where a bucket stands, and what it counts.
PLACE = ("kind", "locale", "channel", "audience", "category")
COLUMNS: tuple[str, ...] = tuple(
    field.name
    for field in Bucket._meta.concrete_fields
    if field.name not in {"id", "period", "start", *PLACE}
)


class People(Summed):
    """Whoever had an intent in one period, as a sketch (see ``sketch``); not by category."""

    locale = models.CharField(max_length=20)
    channel = models.CharField(max_length=20)
    audience = models.CharField(max_length=20, choices=Audience)
    sketch = models.BinaryField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=("period", "start", "kind", "locale", "channel", "audience"),
                name="one_sketch_a_place",
            )
        ]


class Asked(Summed):
    """Intents of one period by what was asked: the most asked by themselves, the rest as ""."""

    locale = models.CharField(max_length=20)
    audience = models.CharField(max_length=20, choices=Audience)
    key = models.CharField(max_length=500, blank=True)
    #: The commonest wording, redacted as it was recorded.
    text = models.CharField(max_length=500, blank=True)
    intents = _count()
    no_answer = _count()
    no_results = _count()
    with_hits = _count()
    no_click = _count()
    clicked = _count()
    reformulated = _count()
    rescued = _count()
    contacted = _count()

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=("period", "start")),
            models.Index(fields=("key", "locale", "period", "start")),
        ]


#: What a question counts.
ASKED_COLUMNS: tuple[str, ...] = (
    *("intents", "no_answer", "no_results", "with_hits", "no_click", "clicked"),
    *("reformulated", "rescued", "contacted"),
)


class Reading(Summed):
    """Reads and votes of one period by entry, version and section."""

    entry = models.BigIntegerField()
    #: Primary key of the revision; 0: not known.
    version = models.BigIntegerField()
    section = models.CharField(max_length=200, blank=True)
    reads = _count()
    votes = _count()
    helpful = _count()

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=("period", "start")),
            models.Index(fields=("entry", "period", "start")),
        ]


READ_COLUMNS: tuple[str, ...] = ("reads", "votes", "helpful")


class CountedDay(models.Model):
    """A day that has been counted, and how often: who counts it sees that another has done so."""

    day = models.DateField(primary_key=True)
    turn = models.PositiveIntegerField(default=0)
    #: Facts of that day.
    facts = models.PositiveBigIntegerField(default=0)
    counted = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.day.isoformat()


class Counting(models.Model):
    """How far the records reach back: earlier days stay as they were counted. One row."""

    #: Records before this instant have been removed.
    complete_from = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.complete_from or "")


@register_setting(icon="glasses")
class FigureSettings(BaseGenericSetting):
    """What the figures rest on."""

    deflection_days = models.PositiveIntegerField(
        _("days without a contact that count as solved"),
        default=7,
        validators=[MinValueValidator(1), MaxValueValidator(90)],
        help_text=_("Stands beside every figure that it concerns; a change counts all days anew."),
    )
    minimum = models.PositiveIntegerField(
        _("smallest number of cases that a rate is shown for"),
        default=20,
        validators=[MinValueValidator(1)],
    )

    class Meta:
        verbose_name = _("Figures")

    @classmethod
    def current(cls) -> FigureSettings:
        """The settings as they are."""
        return cls.objects.first() or cls()
