"""Agents' words and readers' words: a gap that only agents have met is joined with its like only.

Whoever writes an answer takes a gap's words for those of its readers. The same words are one gap,
whoever uses them; other words are none of the readers' because they mean the same.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db.models.functions import Coalesce

from content.audience import Audience
from search.insights.models import Gap, GapEvidence

from .members import members

_READERS = [str(each) for each in Audience if each.level < Audience.AGENTS.level]


def met_by_readers(gaps: Collection[int] | None = None) -> set[int]:
    """The gaps whose own words somebody has used who is no agent: of all, or of what is joined into
    these."""
    rows = GapEvidence.objects.filter(audience__in=_READERS).order_by()
    if gaps is not None:
        rows = rows.filter(gap__in=gaps)
    return set(rows.values_list(Coalesce("own_id", "gap_id"), flat=True).distinct())


def are_alike(one: Gap, other: Gap) -> bool:
    """Whether both were met by readers, or neither."""
    readers = met_by_readers([one.pk, other.pk])
    return bool(members(one) & readers) == bool(members(other) & readers)
