"""Turns failed searches into evidence, and evidence into gaps.

No answer, contacts and flags are collected as they are recorded; results without a click after
half an hour, when the person can be taken to have left. Crawlers, staff and replays stay out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from search.journeys.models import Contact, Event, Search, Vote

from . import states
from .figures import recount
from .models import Gap, GapEvidence, GapHistory, Reason, State

LEFT = timedelta(minutes=30)
LOOKED_BACK = timedelta(days=3)
BATCH = 500
_KINDS = ("customer", "agent")
#: Where a person sees a list and chooses from it; agents read in the preview, programs elsewhere.
_CLICKED = ("site", "suggest")
_NOT_SEARCHES = ("contact", "replay", "test")
_REOPENING = {Reason.NO_ANSWER, Reason.FLAGGED}


@dataclass(frozen=True, slots=True)
class Failure:
    """A search and why it counts as failed."""

    search: Search
    reason: str


def collect_recorded(ids: Iterable[int]) -> int:
    """Take in the searches among ``ids`` that have no answer; returns how many were new."""
    if not (asked := list(ids)):
        return 0
    rows = _countable(Search.objects.filter(pk__in=asked, answered=False, clicks=0))
    return _take(Failure(search, Reason.NO_ANSWER) for search in rows)


def collect_contact(contact: Contact) -> int:
    """Take in what a person had searched before turning to a person.

    Where they searched nothing, the form's own search while they wrote stands for the question.
    """
    rows = list(contact.searches.filter(kind__in=_KINDS).order_by("updated"))
    searched = [s for s in rows if s.channel not in _NOT_SEARCHES] or rows[-1:]
    return _take(Failure(search, Reason.CONTACT) for search in searched)


def collect_flag(event: Event) -> int:
    """Take in an agent's “not found”."""
    if event.kind != "agent" or not event.query_id:
        return 0
    rows = Search.objects.filter(query_id=event.query_id)
    return _take(Failure(search, Reason.FLAGGED) for search in rows)


def collect_unclicked(since: datetime | None = None) -> int:
    """Take in searches with results whose whole intent saw no click, half an hour afterwards."""
    now = timezone.now()
    clicked = Search.objects.filter(intent_id=OuterRef("intent_id"), clicks__gt=0)
    known = GapEvidence.objects.filter(query_id=OuterRef("query_id"), reason=Reason.NO_CLICK)
    rows = _countable(
        Search.objects.filter(
            updated__gte=since or now - LOOKED_BACK,
            updated__lte=now - LEFT,
            answered=True,
            total__gt=0,
            clicks=0,
            channel__in=_CLICKED,
            kind="customer",
        )
    ).filter(~Exists(clicked), ~Exists(known))
    return _take(Failure(search, Reason.NO_CLICK) for search in rows.iterator())


def collect_unhelpful(since: datetime | None = None) -> int:
    """Take in searches whose answer was opened and then voted down."""
    votes = Vote.objects.filter(
        helpful=False,
        kind__in=_KINDS,
        query_id__isnull=False,
        created__gte=since or timezone.now() - LOOKED_BACK,
    )
    known = GapEvidence.objects.filter(query_id=OuterRef("query_id"), reason=Reason.UNHELPFUL)
    rows = _countable(Search.objects.filter(query_id__in=votes.values("query_id")))
    fresh = rows.filter(~Exists(known))
    return _take(Failure(search, Reason.UNHELPFUL) for search in fresh.iterator())


def collect_all(since: datetime | None = None) -> int:
    """Take in everything recorded ``since`` (everything there is); repeating it adds nothing."""
    rows = Search.objects.filter(settled=True)
    if since:
        rows = rows.filter(updated__gte=since)
    unanswered = _countable(rows.filter(answered=False, clicks=0))
    number = _take(Failure(s, Reason.NO_ANSWER) for s in unanswered.iterator())
    ended = _countable(rows.filter(contact__isnull=False))
    number += _take(Failure(s, Reason.CONTACT) for s in ended.iterator())
    flags = Event.objects.filter(action_name="not_found", kind="agent", query_id__isnull=False)
    flagged = rows.filter(query_id__in=flags.values("query_id"))
    number += _take(Failure(s, Reason.FLAGGED) for s in flagged.iterator())
    since = since or datetime(2000, 1, 1, tzinfo=UTC)
    return number + collect_unclicked(since) + collect_unhelpful(since)


def _countable(rows: QuerySet[Search]) -> QuerySet[Search]:
    return rows.filter(settled=True, kind__in=_KINDS).exclude(channel__in=_NOT_SEARCHES)


def _take(failures: Iterable[Failure]) -> int:
    number = 0
    remaining: Iterator[Failure] = (f for f in failures if f.search.key)
    while batch := list(islice(remaining, BATCH)):
        with transaction.atomic():
            number += _take_batch(batch)
    return number


def _take_batch(batch: list[Failure]) -> int:
    known = set(
        GapEvidence.objects.filter(query_id__in=[f.search.query_id for f in batch]).values_list(
            "query_id", "reason"
        )
    )
    fresh = {
        (f.search.query_id, str(f.reason)): f
        for f in batch
        if (f.search.query_id, str(f.reason)) not in known
    }
    gaps = _gaps_of(list(fresh.values()))
    evidence = [_evidence(f, gaps[_place(f.search)]) for f in fresh.values()]
    GapEvidence.objects.bulk_create(evidence, ignore_conflicts=True)
    recount({gap.queued.pk for gap in gaps.values()})
    _reopen(list(fresh.values()), gaps)
    return len(evidence)


def _place(search: Search) -> tuple[str, str]:
    return search.key, search.locale.split("-")[0]


def _gaps_of(failures: list[Failure]) -> dict[tuple[str, str], Gap]:
    wanted = {_place(f.search): f.search for f in failures}
    found = _existing(wanted)
    missing = [
        Gap(
            key=place[0],
            language=place[1],
            locale=search.locale,
            question=search.query,
            created=search.created,
            last_seen=search.updated,
        )
        for place, search in wanted.items()
        if place not in found
    ]
    if missing:
        Gap.objects.bulk_create(missing, ignore_conflicts=True)
        opened = {p: g for p, g in _existing(wanted).items() if p not in found}
        GapHistory.objects.bulk_create(
            GapHistory(gap=g, action="opened", state=State.OPEN, created=g.created)
            for g in opened.values()
        )
        found |= opened
    return found


def _existing(wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Gap]:
    places = set(wanted)
    rows = Gap.objects.filter(key__in={key for key, _ in places}).select_related("joined_into")
    return {(g.key, g.language): g for g in rows if (g.key, g.language) in places}


def _evidence(failure: Failure, gap: Gap) -> GapEvidence:
    search = failure.search
    return GapEvidence(
        gap=gap.queued,
        own=gap if gap.joined_into_id else None,
        query_id=search.query_id,
        reason=failure.reason,
        client_id=search.client_id,
        intent_id=search.intent_id,
        kind=search.kind,
        query=search.query,
        locale=search.locale,
        audience=search.audience,
        channel=search.channel,
        created=search.updated,
    )


def _reopen(failures: list[Failure], gaps: dict[tuple[str, str], Gap]) -> None:
    """A closed gap whose words find no answer again, after it was closed, is open again."""
    for failure in failures:
        gap = gaps[_place(failure.search)].queued
        again = gap.state == State.CLOSED and failure.reason in _REOPENING
        if again and gap.closed_at and failure.search.updated > gap.closed_at:
            states.reopen(gap, note=failure.search.query)
