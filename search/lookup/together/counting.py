"""Counts which entries were asked for in one sitting; run by the worker.

A customer read one entry, however they came to it, and opened another from a search at most half an
hour before or after. Each person counts once for a pair. Agents, staff and crawlers stay out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import groupby
from operator import itemgetter

from django.db import transaction
from django.utils import timezone

from content.models import Edition, Entry
from search.journeys.models import Event

from .models import AskedTogether

DAYS = 90
SITTING = timedelta(minutes=30)
#: Fewer people than these show nothing: what one person asked is nobody else's business.
FEWEST = 5
#: Pairs kept of an entry, the commonest; events looked at of one person, the latest.
MOST, OF_ONE = 20, 200
#: An entry with when it was opened, and whether from a search.
Opened = tuple[int, datetime, bool]
_BATCH = 1_000


def count_together() -> int:
    """Count anew; kept pages are made anew only where something has changed. Returns the number of
    pairs."""
    found = _kept(_counted(_people(timezone.now() - timedelta(days=DAYS))))
    before = {
        (entry, other): people
        for entry, other, people in AskedTogether.objects.values_list("entry", "other", "people")
    }
    if found == before:
        return len(found)
    with transaction.atomic():
        AskedTogether.objects.all().delete()
        AskedTogether.objects.bulk_create(
            (AskedTogether(entry_id=e, other_id=o, people=n) for (e, o), n in found.items()),
            batch_size=_BATCH,
        )
        Edition.advance()
    return len(found)


def _people(since: datetime) -> Iterator[list[Opened]]:
    """What each customer opened, in the order of time."""
    rows = (
        Event.objects.filter(
            action_name__in=("click", "read"),
            kind="customer",
            created__gte=since,
            object_id__isnull=False,
        )
        .exclude(client_id="")
        .order_by("client_id", "created", "pk")
        .values_list("client_id", "object_id", "created", "action_name", "query_id")
    )
    for _, events in groupby(rows.iterator(_BATCH), key=itemgetter(0)):
        opened = [
            (entry, at, action == "click" and query is not None)
            for _, entry, at, action, query in events
            if entry is not None
        ]
        yield opened[-OF_ONE:]


def _counted(people: Iterable[list[Opened]]) -> Counter[tuple[int, int]]:
    counts: Counter[tuple[int, int]] = Counter()
    for opened in people:
        counts.update(
            {
                (entry, other)
                for entry, read, _ in opened
                for other, asked, searched in opened
                if searched and entry != other and abs(asked - read) <= SITTING
            }
        )
    return counts


def _kept(counts: Counter[tuple[int, int]]) -> dict[tuple[int, int], int]:
    enough = {pair: n for pair, n in counts.items() if n >= FEWEST}
    there = set(Entry.objects.values_list("pk", flat=True)) if enough else set()
    kept: dict[tuple[int, int], int] = {}
    of_entry: Counter[int] = Counter()
    for (entry, other), number in sorted(enough.items(), key=lambda row: (-row[1], row[0])):
        if {entry, other} <= there and of_entry[entry] < MOST:
            of_entry[entry] += 1
            kept[entry, other] = number
    return kept
