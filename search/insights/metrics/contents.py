"""Content: reads and votes by entry, version and section; freshness as it is today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from content.models import Entry

from .calendar import start_of, today
from .models import READ_COLUMNS, Reading
from .reading import Scope, few_pieces

#: Due means: within so many days.
SOON = timedelta(days=30)
#: An entry that nobody has published anew for so long is old.
OLD = timedelta(days=365)


def read_by_entry(scope: Scope, entries: QuerySet[Entry], number: int) -> list[dict[str, Any]]:
    """Reads, votes, helpful votes and earlier reads of the ``number`` entries most read."""
    now = Q(start__gte=start_of(scope.first))
    sums = {f"sum_{name}": Coalesce(Sum(name, filter=now), 0) for name in READ_COLUMNS}
    rows = Reading.objects.filter(few_pieces(scope) | few_pieces(scope.before))
    # As a sum the entry is looked for in no index: SQLite would read all rows of each, of any time.
    rows = rows.alias(which=F("entry") + 0)
    found = (
        rows.filter(kind=scope.kind, which__in=entries.order_by().values("pk"))
        .order_by()
        .values("entry")
        .annotate(**sums, before=Coalesce(Sum("reads", filter=~now), 0))
        .order_by("-sum_reads", "-sum_votes", "entry")[:number]  # type: ignore[misc]
    )
    return [{name.removeprefix("sum_"): value for name, value in row.items()} for row in found]


def read_by_version(scope: Scope, entry: int) -> list[dict[str, Any]]:
    """Reads and votes of one entry by version and section, the newest version first."""
    rows = Reading.objects.filter(few_pieces(scope), kind=scope.kind, entry=entry)
    return list(
        rows.order_by()
        .values("version", "section")
        .annotate(**{name: Sum(name) for name in READ_COLUMNS})
        .order_by("-version", "section")  # type: ignore[arg-type]
    )


@dataclass(frozen=True, slots=True)
class Freshness:
    """Live entries by how they stand today, and the mean age in days since publication."""

    live: int
    verified: int
    overdue: int
    due: int
    undated: int
    old: int
    age_days: float | None


def states(now: date | None = None) -> dict[str, Q]:
    """What each state asks of a live entry."""
    day = now or today()
    return {
        "verified": Q(verified_at__isnull=False, verify_by__gte=day),
        "overdue": Q(verify_by__lt=day),
        "due": Q(verify_by__gte=day, verify_by__lte=day + SOON),
        "undated": Q(verify_by=None),
        "old": Q(last_published_at__lt=timezone.now() - OLD),
    }


def freshness(entries: QuerySet[Entry]) -> Freshness:
    """Of the live ones among ``entries``; one query."""
    live = entries.filter(live=True).order_by()
    counts = {name: Count("pk", filter=q) for name, q in states().items()}
    found = live.aggregate(live=Count("pk"), **counts)
    published = live.exclude(last_published_at=None).values_list("last_published_at", flat=True)
    now = timezone.now()
    ages = [(now - at).total_seconds() / 86_400 for at in published]
    return Freshness(age_days=sum(ages) / len(ages) if ages else None, **found)
