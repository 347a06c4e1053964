"""The figures of gaps: people, intents, weeks, reasons; one week for the trend's bars."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Count, Exists, Max, Min, OuterRef, Q
from django.db.models.functions import TruncDate
from django.utils import timezone

from .metrics.intervals import poisson
from .models import Gap, GapEvidence, Reason

WEEK = timedelta(days=7)
#: Weeks of which the impact is the mean; a gap that is younger has fewer, and one at least.
WEEKS = 4
CHUNK = 400
_KEPT = [
    *("people", "intents", "last_week", "previous_week", "trend", "created", "last_seen"),
    *("weeks", "week_people", "week_contacts", "people_a_week", "contacts_a_week"),
    *("question", "locale", *Reason.values),
]


def recount(ids: Collection[int]) -> None:
    """Bring the figures and the wording of these gaps up to date."""
    wanted = sorted(ids)
    for start in range(0, len(wanted), CHUNK):
        _recount(wanted[start : start + CHUNK])


def recount_recent() -> None:
    """Move the weeks on: every gap with a figure in the last four."""
    moving = Gap.objects.filter(
        Q(last_week__gt=0)
        | Q(previous_week__gt=0)
        | Q(people_a_week__gt=0)
        | Q(last_seen__gte=timezone.now() - WEEKS * WEEK)
    )
    recount(list(moving.values_list("pk", flat=True)))


def _recount(ids: list[int]) -> None:
    now = timezone.now()
    evidence = GapEvidence.objects.filter(gap_id__in=ids)
    figures = {row["gap_id"]: row for row in _figures(evidence, now)}
    words = _wording(evidence)
    names = _names(ids)
    gaps = list(Gap.objects.filter(pk__in=ids))
    for gap in gaps:
        _apply(gap, figures.get(gap.pk), names.get(gap.pk) or words.get(gap.pk))
    Gap.objects.bulk_update(gaps, _KEPT)


def _figures(evidence, now: datetime):
    intents = {"distinct": True}
    weeks = {
        f"people_{i}": Count(
            "client_id",
            distinct=True,
            filter=Q(created__gt=now - (i + 1) * WEEK, created__lte=now - i * WEEK),
        )
        for i in range(WEEKS)
    }
    ended = Q(reason__in=(Reason.CONTACT, Reason.ASKED), created__gt=now - WEEKS * WEEK)
    this_week, week_before = Q(created__gt=now - WEEK), Q(created__gt=now - 2 * WEEK)
    return evidence.values("gap_id").annotate(
        people=Count("client_id", distinct=True),
        intents=Count("intent_id", distinct=True),
        last_week=Count("intent_id", filter=this_week, **intents),
        previous_week=Count("intent_id", filter=week_before & ~this_week, **intents),
        week_contacts=Count("intent_id", filter=ended, **intents),
        first=Min("created"),
        last=Max("created"),
        **weeks,
        **{reason.value: Count("pk", filter=Q(reason=reason)) for reason in Reason},
    )


def _wording(evidence) -> dict[int, tuple[str, str]]:
    """The commonest wording of each gap in the locale of most of its searches, customers' before
    agents', and that locale."""
    rows = evidence.values("gap_id", "query", "locale", "kind").annotate(
        number=Count("query_id", distinct=True), last=Max("created")
    )
    best: dict[tuple[int, str], tuple] = {}
    locales: dict[int, Counter[str]] = {}
    for row in rows.order_by("locale"):
        place = row["gap_id"], row["locale"]
        rank = (row["kind"] == "customer", row["number"], row["last"], row["query"])
        best[place] = max(best.get(place, rank), rank)
        locales.setdefault(row["gap_id"], Counter())[row["locale"]] += row["number"]
    most = {gap: each.most_common(1)[0][0] for gap, each in locales.items()}
    return {gap: (best[gap, locale][3], locale) for gap, locale in most.items()}


def _names(ids: list[int]) -> dict[int, tuple[str, str]]:
    """Of gaps that are frequent questions and nothing else: name and locale of the most asked."""
    searched = GapEvidence.objects.filter(gap=OuterRef("pk")).exclude(reason=Reason.ASKED)
    gaps = Gap.objects.filter(~Exists(searched), pk__in=ids, groups__texts_count__gt=0)
    rows = gaps.order_by("groups__questions_count", "-groups__pk")
    return {
        pk: (name, locale or settings.LANGUAGE_CODE)
        for pk, name, locale in rows.values_list("pk", "groups__name", "groups__locale")
    }


def _apply(gap: Gap, figures: dict | None, words: tuple[str, str] | None) -> None:
    names = ["people", "intents", "last_week", "previous_week", *Reason.values]
    for name in names:
        setattr(gap, name, figures[name] if figures else 0)
    gap.trend = gap.last_week - gap.previous_week
    people = sum(figures[f"people_{i}"] for i in range(WEEKS)) if figures else 0
    contacts = figures["week_contacts"] if figures else 0
    weeks = (timezone.now() - figures["first"]) / WEEK if figures else 1
    gap.weeks = min(float(WEEKS), max(1.0, weeks))
    gap.week_people, gap.week_contacts = people, contacts
    gap.people_a_week, gap.contacts_a_week = people / gap.weeks, contacts / gap.weeks
    if figures and words:
        gap.created, gap.last_seen = figures["first"], figures["last"]
        gap.question, gap.locale = words


@dataclass(frozen=True, slots=True)
class Impact:
    """So many a week; ``low`` and ``high`` are the 95 % interval where the count is small."""

    a_week: float
    n: int
    low: float | None
    high: float | None


#: From so many on the interval is left out.
MANY = 20


def impact(count: int, weeks: float) -> Impact:
    """``count`` in ``weeks``, a week."""
    if count >= MANY:
        return Impact(count / weeks, count, None, None)
    low, high = poisson(count)
    return Impact(count / weeks, count, low / weeks, high / weeks)


@dataclass(frozen=True, slots=True)
class Bar:
    """One week of the trend: its first day, intents, and its bar in a box of 100 by 40."""

    week: date
    intents: int
    x: float
    y: float
    width: float
    height: float


def weekly_bars(gap: Gap, weeks: int = 8) -> tuple[Bar, ...]:
    """Intents of each of the last ``weeks`` weeks, oldest first; weeks end today."""
    today = timezone.localdate()
    start = today - timedelta(days=7 * weeks - 1)
    seen: dict[int, set] = {}
    rows = gap.evidence.filter(created__gte=timezone.now() - weeks * WEEK).annotate(
        day=TruncDate("created")
    )
    for day, intent in rows.values_list("day", "intent_id").distinct():
        seen.setdefault(max(0, (day - start).days // 7), set()).add(intent)
    counts = [len(seen.get(i, ())) for i in range(weeks)]
    top, width = max(counts) or 1, 100 / weeks
    return tuple(
        Bar(
            week=start + timedelta(days=7 * i),
            intents=number,
            x=round(i * width + width * 0.1, 2),
            y=round(40 - 40 * number / top, 2),
            width=round(width * 0.8, 2),
            height=round(40 * number / top, 2),
        )
        for i, number in enumerate(counts)
    )
