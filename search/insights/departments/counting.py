"""How often a cause was met in a span of time, and whether that fell."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from search.insights.metrics.intervals import Z
from search.insights.models import GapEvidence, Question

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Met:
    """``times`` are intents of failed searches and questions together, by ``people``."""

    times: int = 0
    people: int = 0


def of_gaps(ids: Collection[int], span: Span) -> dict[int, Met]:
    """How often each gap was met, where it was: failed searches and questions without an answer."""
    rows = GapEvidence.objects.filter(gap_id__in=ids, created__gte=span[0], created__lt=span[1])
    counted = rows.values("gap_id").annotate(
        times=Count("intent_id", distinct=True), people=Count("client_id", distinct=True)
    )
    return {row["gap_id"]: Met(row["times"], row["people"]) for row in counted.order_by()}


def of_groups(ids: Collection[int], span: Span) -> dict[int, Met]:
    """How often each frequent question was asked, where it was."""
    rows = Question.objects.filter(
        text__group_id__in=ids, timed=True, asked__gte=span[0], asked__lt=span[1]
    )
    counted = rows.values("text__group_id").annotate(
        times=Count("pk"), people=Count("customer", distinct=True)
    )
    return {row["text__group_id"]: Met(row["times"], row["people"]) for row in counted.order_by()}


def verdict(now: int, before: int, minimum: int) -> str:
    """ "fell", "rose" or "same"; "few" where both together are fewer than ``minimum``.

    Counts of equal spans differ where the difference is beyond 1.96 · √(now + before), as of two
    that are Poisson's.
    """
    if now + before < minimum:
        return "few"
    if abs(now - before) <= Z * math.sqrt(now + before):
        return "same"
    return "fell" if now < before else "rose"
