"""The different wordings of a gap, with counts: what a writer reads, and what a replay runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max

from content.audience import Audience

from .models import Gap


@dataclass(frozen=True, slots=True)
class Example:
    """One wording, as asked by readers of one audience in one locale."""

    query: str
    locale: str
    audience: Audience
    searches: int
    people: int
    last: datetime


def examples_of(gap: Gap, limit: int = 500) -> tuple[Example, ...]:
    """The wordings of ``gap``, commonest first."""
    rows = (
        gap.evidence.values("query", "locale", "audience")
        .annotate(
            searches=Count("query_id", distinct=True),
            people=Count("client_id", distinct=True),
            last=Max("created"),
        )
        .order_by("-searches", "-last", "query")[:limit]
    )
    return tuple(
        Example(
            query=row["query"],
            locale=row["locale"],
            audience=Audience(row["audience"]),
            searches=row["searches"],
            people=row["people"],
            last=row["last"],
        )
        for row in rows
    )
