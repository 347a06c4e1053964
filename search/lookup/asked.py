"""The most asked questions: editors' pins, then what people clicked and found helpful."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from django.core.cache import cache
from django.db.models import Case, Count, IntegerField, Value, When
from django.utils import timezone

from content.audience import Audience
from content.models import Category, Confidence, Entry
from search.journeys.models import Event, Vote

from .addresses import address
from .models import PinnedQuestion

DAYS = 30
#: A helpful vote says as much as so many clicks.
VOTE = 2
#: Seconds for which the ranking is kept; what of it may be shown is asked each time.
FRESH = 60
RANKED = 300


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """One of the most asked: a title to show and where it leads."""

    id: int
    title: str
    url: str
    kind: str
    pinned: bool


def most_asked(
    audience: Audience, locale: str, category: int | None = None, limit: int = 8
) -> tuple[AskedQuestion, ...]:
    """What ``audience`` may see of the most asked in ``locale``, below ``category`` where given.

    Where too few have been asked yet, the newest validated entries follow.
    """
    pinned, ranked = _ranking(locale, category)
    below = Entry.objects.visible_to(audience).filter(locale__language_code=locale)
    if category is not None:
        path = Category.objects.filter(pk=category).values_list("path", flat=True).first()
        below = below.filter(path__startswith=path or "-")
    order = list(dict.fromkeys([*pinned, *ranked]))
    columns = ("pk", "title", "url_path", "kind")
    rows = {row[0]: row for row in below.filter(pk__in=order).order_by().values_list(*columns)}
    chosen = [rows[pk] for pk in order if pk in rows][:limit]
    if len(chosen) < limit:
        rest = below.exclude(pk__in=[row[0] for row in chosen]).alias(valid=_VALID)
        newest = rest.order_by("-valid", "-last_published_at", "-pk")
        chosen += newest.values_list(*columns)[: limit - len(chosen)]
    of = address()
    return tuple(
        AskedQuestion(pk, title, of(url_path), kind, pk in pinned)
        for pk, title, url_path, kind in chosen
    )


_VALID = Case(
    When(confidence=Confidence.VALIDATED, then=Value(1)),
    default=Value(0),
    output_field=IntegerField(),
)


def _ranking(locale: str, category: int | None) -> tuple[list[int], list[int]]:
    """(pinned ids, asked ids), the most asked first. Ids only: a ranking shows nobody anything."""
    key = f"most-asked-{locale}"
    asked = cache.get(key)
    if asked is None:
        asked = _asked(locale)
        cache.set(key, asked, FRESH)
    pins = PinnedQuestion.objects.filter(category=category, entry__locale__language_code=locale)
    return list(pins.values_list("entry_id", flat=True)), asked


def _asked(locale: str) -> list[int]:
    since = timezone.now() - timedelta(days=DAYS)
    score: Counter[int] = Counter()
    customers = {"kind": "customer", "created__gte": since, "object_id__isnull": False}
    clicks = Event.objects.filter(action_name="click", **customers)
    votes = Vote.objects.filter(helpful=True, **customers)
    for rows, worth in ((clicks, 1), (votes, VOTE)):
        people = rows.values("object_id").annotate(n=Count("client_id", distinct=True))
        for entry_id, number in people.order_by("-n").values_list("object_id", "n")[: RANKED * 4]:
            score[entry_id or 0] += number * worth
    here = set(
        Entry.objects.filter(pk__in=list(score), locale__language_code=locale).values_list(
            "pk", flat=True
        )
    )
    ranked = sorted(here, key=lambda pk: (-score[pk], pk))
    return ranked[:RANKED]
