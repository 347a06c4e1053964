"""What people ask most, and what they ask in vain: the measure of a change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from content.audience import Audience
from search.journeys.models import Search, VisitorKinds

DAYS = 90
#: So many of the most asked, and so many of those most asked in vain.
MOST = 300
_COUNTED = (VisitorKinds.CUSTOMER, VisitorKinds.AGENT)
_FAILED = Q(answered=False) | Q(clicks=0)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as readers of one audience ask it in one locale; ``failed`` of ``intents``."""

    text: str
    locale: str
    audience: Audience
    intents: int
    failed: int

    @property
    def locale_name(self) -> str:
        """The language's name in the reader's language."""
        return str(dict(settings.LANGUAGES).get(self.locale, self.locale))


def most_asked() -> list[Asked]:
    """The top and the failed searches of the last `DAYS`, the most asked first: two queries.

    People only: crawlers, staff, replays and tests are no measure.
    """
    rows = (
        Search.objects.filter(
            kind__in=_COUNTED, updated__gte=timezone.now() - timedelta(days=DAYS), settled=True
        )
        .exclude(key="")
        .values("key", "locale", "audience")
        .annotate(
            text=Max("query"),
            intents=Count("intent_id", distinct=True),
            failed=Count("intent_id", distinct=True, filter=_FAILED),
        )
    )
    top = [*_first(rows, "-intents"), *_first(rows.filter(_FAILED), "-failed")]
    unique = {(a.text, a.locale, a.audience): a for a in reversed(top)}
    return sorted(unique.values(), key=lambda a: (-a.intents, a.text, a.locale, a.audience.level))


def _first(rows: QuerySet, order: str) -> list[Asked]:
    return [
        Asked(row["text"], row["locale"], Audience(row["audience"]), row["intents"], row["failed"])
        for row in rows.order_by(order, "key")[:MOST]
    ]
