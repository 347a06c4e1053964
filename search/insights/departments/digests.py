"""Makes each department's digest of a week, once, and has its people told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from search.insights.alerts.models import Delivery
from search.insights.coverage.models import CoverageStep
from search.insights.coverage.models import State as Covered
from search.insights.metrics import calendar
from search.insights.models import UNFINISHED, Gap, QuestionGroup, State

from . import counting
from .counting import Met, Span
from .models import Department, Digest, Touchpoint
from .placing import Places

WEEK = timedelta(days=7)
#: The hour of Monday, of the site, from which on the week before is told of.
FROM = 7
#: Gaps and frequent questions that are looked at, those met most; rows of a digest.
MOST, SHOWN = 1000, 25
#: Weeks after which what was closed is no longer shown.
CLOSED_WEEKS = 4
#: {"kind" ("gap" or "question"), "id", "touchpoint", "now", "before", "people", "days"}: how often
#: it was met in ``days`` days, and in as many before.
Row = dict[str, Any]


def make_due(at: datetime | None = None) -> int:
    """Digests of the last whole week before ``at`` (now) that are not made yet; returns how many
    were made."""
    now = timezone.localtime(at or timezone.now(), timezone.get_default_timezone())
    week = now.date() - timedelta(days=now.weekday()) - WEEK
    if now.weekday() == 0 and now.hour < FROM:
        return 0
    wanted = Department.objects.filter(touchpoints__rules__isnull=False).distinct()
    missing = list(wanted.exclude(digests__week=week))
    return sum(make(missing, week).values()) if missing else 0


def make(departments: Collection[Department], week: date) -> dict[Department, bool]:
    """The digests of the week that begins on ``week``, a Monday; whether each was made now.

    Where another worker is at the same, one of the two makes it and tells of it.
    """
    causes, closed = _by_department(_causes(week)), _by_department(_closed(week))
    return {each: _keep(each, week, causes[each.pk], closed[each.pk]) for each in departments}


def _keep(department: Department, week: date, causes: list[Row], closed: list[Row]) -> bool:
    data = {"causes": _first(causes), "more": max(0, len(causes) - SHOWN), "closed": _first(closed)}
    with transaction.atomic():
        digest, made = Digest.objects.get_or_create(
            department=department, week=week, defaults={"data": data}
        )
        if made and department.mails and (causes or closed):
            people = department.people.filter(is_active=True).exclude(email="")
            Delivery.objects.bulk_create(
                Delivery(digest=digest, event=Delivery.Event.DIGEST, user=user) for user in people
            )
    return made


def _first(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda r: (-r["people"], -r["now"], r["kind"], r["id"]))[:SHOWN]


def _by_department(rows: Iterable[tuple[Touchpoint, Row]]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for touchpoint, row in rows:
        found[touchpoint.department_id].append(row)
    return found


def span_of(week: date) -> Span:
    """A week's instants, in the site's time zone."""
    return calendar.start_of(week), calendar.start_of(week + WEEK)


def _causes(week: date) -> list[tuple[Touchpoint, Row]]:
    """What people met in the week and nobody has closed."""
    now, before, places = span_of(week), span_of(week - WEEK), Places()
    gaps = list(
        Gap.objects.filter(state__in=UNFINISHED, joined_into=None, evidence__created__range=now)
        .select_related("entry", "diagnosis__entry")
        .distinct()
        .order_by("-people_a_week", "pk")[:MOST]
    )
    groups = _groups(gaps)
    found = [(places.of_gap(gap, groups[gap.pk]), "gap", gap.pk) for gap in gaps]
    asked = QuestionGroup.objects.filter(
        Q(gap=None) | ~Q(gap__state__in=UNFINISHED),
        state=QuestionGroup.State.OPEN,
        merged_into=None,
        last_asked__gte=now[0],
    ).select_related("coverage__entry")
    for group in asked.order_by("-last_week", "pk")[:MOST]:
        found.append((places.of_group(group), "question", group.pk))
    return _counted(found, now, before)


def _groups(gaps: Iterable[Gap]) -> dict[int, list[QuestionGroup]]:
    ids = [gap.pk for gap in gaps]
    found: dict[int, list[QuestionGroup]] = defaultdict(list)
    rows = QuestionGroup.objects.filter(Q(gap__in=ids) | Q(gap__joined_into__in=ids))
    for group in rows.select_related("gap").order_by("-questions_count", "pk"):
        if group.gap:
            found[group.gap.joined_into_id or group.gap.pk].append(group)
    return found


def _counted(
    found: Iterable[tuple[Touchpoint | None, str, int]], now: Span, before: Span
) -> list[tuple[Touchpoint, Row]]:
    placed = [(touchpoint, kind, pk) for touchpoint, kind, pk in found if touchpoint]
    counts: dict[tuple[str, int], tuple[Met, Met]] = {}
    for kind, count in (("gap", counting.of_gaps), ("question", counting.of_groups)):
        ids = [pk for _, its, pk in placed if its == kind]
        here, earlier = count(ids, now), count(ids, before)
        counts |= {(kind, pk): (here.get(pk, Met()), earlier.get(pk, Met())) for pk in ids}
    return [
        (touchpoint, _row(kind, pk, touchpoint, counts[kind, pk], 7))
        for touchpoint, kind, pk in placed
        if counts[kind, pk][0].times
    ]


def _row(kind: str, pk: int, place: Touchpoint, met: tuple[Met, Met], days: int) -> Row:
    now, before = met
    return {
        "kind": kind,
        "id": pk,
        "touchpoint": place.pk,
        "now": now.times,
        "before": before.times,
        "people": now.people,
        "days": days,
    }


def _closed(week: date) -> list[tuple[Touchpoint, Row]]:
    """What was closed in the last weeks: how often it was met since, at most a week, and for as
    long before it was closed."""
    end, places = span_of(week)[1], Places()
    since = end - CLOSED_WEEKS * WEEK
    gaps = Gap.objects.filter(
        state=State.CLOSED, closed_at__gte=since, closed_at__lt=end, joined_into=None
    ).select_related("entry", "diagnosis__entry")
    listed = list(gaps.order_by("-closed_at", "pk")[:MOST])
    groups = _groups(listed)
    found = []
    for gap in listed:
        if gap.closed_at and (place := places.of_gap(gap, groups[gap.pk])):
            found.append(_since(counting.of_gaps, "gap", gap.pk, place, gap.closed_at, end))
    steps = CoverageStep.objects.filter(state=Covered.COVERED, since__gte=since, since__lt=end)
    rows = steps.select_related("group__coverage__entry").order_by("since", "pk")
    latest = {step.group_id: step for step in rows if _was_open(step)}
    for step in latest.values():
        if place := places.of_group(step.group):
            found.append(
                _since(counting.of_groups, "question", step.group_id, place, step.since, end)
            )
    return [each for each in found if each is not None]


def _was_open(step: CoverageStep) -> bool:
    """Whether it was not covered before, and is now."""
    earlier = CoverageStep.objects.filter(group=step.group_id, since__lt=step.since)
    coverage = getattr(step.group, "coverage", None)
    return bool(earlier.exists() and coverage and coverage.state == Covered.COVERED)


def _since(
    count: Any, kind: str, pk: int, place: Touchpoint, closed: datetime, end: datetime
) -> tuple[Touchpoint, Row]:
    length = min(WEEK, end - closed)
    now = count([pk], (end - length, end)).get(pk, Met())
    before = count([pk], (closed - length, closed)).get(pk, Met())
    return place, _row(kind, pk, place, (now, before), max(1, round(length / timedelta(days=1))))
