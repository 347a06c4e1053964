"""Content: reads and votes by entry, version and section; freshness as it is today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils import timezone

from content.models import Entry

from .calendar import today
from .models import READ_COLUMNS, Reading
from .reading import Scope, few_pieces

#: Due means: within so many days.
SOON = timedelta(days=30)
#: An entry that nobody has published anew for so long is old.
OLD = timedelta(days=365)


def read_by_entry(scope: Scope, entries: QuerySet[Entry], number: int) -> list[dict[str, Any]]:
    """Reads, votes, helpful votes and earlier reads of the ``number`` entries most read."""
    # As a sum the entry is looked for in no index: SQLite would read all rows of each, of any time.
    rows = Reading.objects.filter(kind=scope.kind).order_by().alias(which=F("entry") + 0)
    rows = rows.filter(which__in=entries.order_by().values("pk"))
    # Under names of their own: a sum that is called as its field is taken for it from then on.
    sums = {f"sum_{name}": Sum(name) for name in READ_COLUMNS}
    read = rows.filter(few_pieces(scope)).values("entry").annotate(**sums)
    read = read.order_by("-sum_reads", "-sum_votes", "entry")[:number]  # type: ignore[misc]
    found: list[dict[str, Any]] = [
        {name.removeprefix("sum_"): value for name, value in row.items()} for row in read
    ]
    shown = [row["entry"] for row in found]
    earlier = Reading.objects.filter(few_pieces(scope.before), kind=scope.kind, entry__in=shown)
    before = dict(earlier.order_by().values_list("entry").annotate(before=Sum("reads")))
    found = [row | {"before": before.get(row["entry"], 0)} for row in found]
    if len(found) == number:
        return found
    none = dict.fromkeys(READ_COLUMNS, 0)
    once = rows.filter(few_pieces(scope.before)).exclude(entry__in=shown).values("entry")
    once = once.annotate(before=Sum("reads")).order_by("entry")[: number - len(found)]
    return [*found, *(none | row for row in once)]


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
