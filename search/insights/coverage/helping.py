"""Whether an article helped those who read it, as far as that is known."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q
from django.utils import timezone

from content.models import Entry
from search.insights.metrics.models import FigureSettings
from search.journeys.models import Contact, Event, Vote

from .models import Helped

#: How far back is looked.
WINDOW = timedelta(days=28)
#: Fewer votes, or readers who are known, say nothing.
ENOUGH = 5
#: Readers who are followed, the latest first.
FOLLOWED = 2_000


@dataclass(frozen=True, slots=True)
class Help:
    """Reads and votes; of ``readers`` who are known, how many turned to a person afterwards."""

    reads: int = 0
    yes: int = 0
    no: int = 0
    readers: int = 0
    contacts: int = 0

    @property
    def helped(self) -> Helped:
        """By votes where there are enough, else by whether readers still needed a person."""
        if self.yes + self.no >= ENOUGH:
            return Helped.YES if self.yes >= self.no else Helped.NO
        if self.readers >= ENOUGH:
            return Helped.YES if 2 * self.contacts < self.readers else Helped.NO
        return Helped.UNKNOWN


def help_of(entry: Entry) -> Help:
    """What customers did with ``entry`` and its translations in the last four weeks."""
    since = timezone.now() - WINDOW
    family = Entry.objects.filter(translation_key=entry.translation_key).values_list("pk")
    ids = [pk for (pk,) in family]
    opened = Event.objects.filter(
        object_id__in=ids, action_name="read", kind="customer", created__gte=since
    )
    votes = Vote.objects.filter(object_id__in=ids, kind="customer", created__gte=since).aggregate(
        yes=Count("pk", filter=Q(helpful=True)), no=Count("pk", filter=Q(helpful=False))
    )
    first = dict(
        opened.exclude(client_id="")
        .order_by()
        .values_list("client_id")
        .annotate(at=Min("created"))
        .order_by("-at")[:FOLLOWED]
    )
    return Help(
        reads=opened.count(),
        yes=votes["yes"],
        no=votes["no"],
        readers=len(first),
        contacts=_turned(first),
    )


def _turned(first: dict[str, datetime]) -> int:
    """How many wrote to a person within the days of the settings after they first read."""
    days = timedelta(days=FigureSettings.current().deflection_days)
    if not first:
        return 0
    wrote: dict[str, list[datetime]] = defaultdict(list)
    rows = Contact.objects.filter(created__gte=min(first.values())).exclude(client_id="")
    for client, at in rows.values_list("client_id", "created"):
        wrote[client].append(at)
    return sum(
        any(at <= later <= at + days for later in wrote.get(client, ()))
        for client, at in first.items()
    )
