"""Keeps diagnoses: made by the worker when there is news of a gap, and when somebody asks."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from search.engine.protocol import EngineFailed
from search.insights.models import Gap, State
from search.insights.owning.giving import give

from .deciding import decide
from .models import Diagnosis

#: Gaps of one run of the worker; those that concern most people first.
MOST = 200
_UNFINISHED = (State.OPEN, State.IN_WORK)


def diagnose(gap: Gap) -> Diagnosis:
    """Make the diagnosis of ``gap`` anew and keep it; raises `EngineFailed`."""
    made, found = timezone.now(), decide(gap)
    kept, _ = Diagnosis.objects.update_or_create(
        gap=gap,
        defaults={
            "kind": found.kind,
            "way": found.way,
            "entry": found.entry,
            "part": found.part,
            "whole": found.whole,
            "seen": list(found.seen),
            "made": made,
        },
    )
    return kept


def diagnose_new() -> int:
    """Those that have none, or were asked since; returns how many were made."""
    news = Q(diagnosis=None) | Q(last_seen__gt=F("diagnosis__made"))
    return _diagnose(_queue().filter(news).order_by("-people")[:MOST])


def diagnose_all() -> int:
    """Every unfinished gap: the content has changed since yesterday, and people's deeds."""
    return _diagnose(_queue().order_by("-people"))


def _queue() -> QuerySet[Gap]:
    return Gap.objects.filter(state__in=_UNFINISHED, joined_into=None)


def _diagnose(gaps: Iterable[Gap]) -> int:
    number = 0
    for gap in gaps:
        try:
            diagnose(gap)
        except EngineFailed:
            break  # the next run finds them
        number += 1
    give()
    return number
