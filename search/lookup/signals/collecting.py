"""Counts what customers' searches, votes and agents' cases say of entries; run by the worker.

Customers only: crawlers, staff, replays and tests stay out, and so do agents' searches; of agents
counts what they say of an entry. A person counts once for a question, by the latest search of it.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice

from django.db.models import Count
from django.utils import timezone

from content.audience import Audience
from content.models import Entry
from search.journeys.models import Event, Search, Vote
from search.journeys.models.events import Action

from .models import SignalCount, SignalRun
from .observed import hash_of

DAYS = 90
#: Where a person sees a list and chooses from it, with so many places.
CHANNELS, PLACES = ("site", "suggest"), 10
#: The latest so many searches are read; of questions, those that so many people asked, at most.
SEARCHES, PEOPLE, QUESTIONS = 300_000, 3, 5_000
#: Rows kept: of what is said of entries, and of questions with an entry, those seen most.
ENTRIES, PAIRS = 50_000, 50_000
_BATCH = 1000
#: Where a hit stood: the number of its channel and its place (from 0).
_SLOTS = len(CHANNELS) * PLACES
_COLUMNS = ("query_id", "client_id", "key", "channel", "audience", "hits")
Place = tuple[int, int, int]


@dataclass(slots=True)
class _Seen:
    """How often an entry stood in each slot, and its clicks."""

    shown: array = field(default_factory=lambda: array("I", bytes(_SLOTS * array("I").itemsize)))
    clicks: int = 0

    def expected(self, curve: Sequence[float]) -> float:
        return sum(number * rate for number, rate in zip(self.shown, curve, strict=True) if number)


@dataclass(slots=True)
class _Log:
    """All lists seen: by slot, and by (question's hash, entry, level of the searches)."""

    searches: int = 0
    shown: list[int] = field(default_factory=lambda: [0] * _SLOTS)
    clicked: list[int] = field(default_factory=lambda: [0] * _SLOTS)
    places: defaultdict[Place, _Seen] = field(default_factory=lambda: defaultdict(_Seen))

    def add(self, search: Search, clicked: set[tuple], frequent: Mapping[str, int]) -> None:
        """One search, with the (query id, entry) that were clicked."""
        self.searches += 1
        level = min(1, Audience(search.audience).level)
        first = CHANNELS.index(search.channel) * PLACES
        question = frequent.get(search.key)
        for entry, rank in search.hits:
            if not 1 <= rank <= PLACES:
                continue
            slot, click = first + rank - 1, (search.query_id, entry) in clicked
            self.shown[slot] += 1
            self.clicked[slot] += click
            if question:
                seen = self.places[question, entry, level]
                seen.shown[slot] += 1
                seen.clicks += click

    def curve(self) -> list[float]:
        """Click-through rate by slot."""
        return [c / s if s else 0.0 for c, s in zip(self.clicked, self.shown, strict=True)]


def collect_signals(
    days: int = DAYS, progress: Callable[[int], None] = lambda done: None
) -> SignalRun:
    """Count anew; what was counted before serves until this is finished, and is removed then.

    May be stopped and run again. ``progress`` hears how many searches have been read.
    """
    run = SignalRun.objects.create(days=days)
    since = run.created - timedelta(days=days)
    log = _read(since, progress)
    curve = log.curve()
    counted = _counted(log, curve)
    run.searches = log.searches
    run.curve = {
        channel: [round(rate, 5) for rate in curve[n * PLACES : (n + 1) * PLACES]]
        for n, channel in enumerate(CHANNELS)
    }
    run.helpful = _said(counted, _votes(since), "helpful", "unhelpful")
    run.solved = _said(counted, _cases(since), "solved", "unsolved")
    rows = (SignalCount(run=run, **values) for values in _most(counted))
    while batch := list(islice(rows, _BATCH)):
        SignalCount.objects.bulk_create(batch)
    run.finished = timezone.now()
    run.save()
    _forget_before(run)
    return run


def _read(since: datetime, progress: Callable[[int], None]) -> _Log:
    searches = Search.objects.filter(
        kind="customer", channel__in=CHANNELS, settled=True, created__gte=since
    )
    frequent = _frequent(searches)
    log, seen = _Log(), set[tuple[str, str]]()
    latest = searches.order_by("-pk").only(*_COLUMNS)
    for batch in _batches(latest[:SEARCHES].iterator(_BATCH)):
        clicked = _clicked(batch)
        for search in batch:
            asker = (search.client_id, search.key)
            if search.hits and asker not in seen:
                log.add(search, clicked, frequent)
            if search.client_id:
                seen.add(asker)
        progress(log.searches)
    return log


def _frequent(searches) -> dict[str, int]:
    """The hashes of the questions that enough people asked, by key."""
    asked = searches.exclude(key="").order_by().values("key")
    by_people = asked.annotate(people=Count("client_id", distinct=True)).filter(people__gte=PEOPLE)
    keys = by_people.order_by("-people", "key").values_list("key", flat=True)[:QUESTIONS]
    return {key: hash_of(key) for key in keys}


def _clicked(searches: Iterable[Search]) -> set[tuple]:
    clicks = Event.objects.filter(
        action_name=Action.CLICK, kind="customer", query_id__in=[s.query_id for s in searches]
    )
    return set(clicks.values_list("query_id", "object_id"))


def _batches(searches: Iterator[Search]) -> Iterator[list[Search]]:
    while batch := list(islice(searches, _BATCH)):
        yield batch


def _counted(log: _Log, curve: Sequence[float]) -> dict[Place, dict[str, float]]:
    return {
        place: {"clicks": seen.clicks, "expected": round(seen.expected(curve), 4)}
        for place, seen in log.places.items()
    }


def _votes(since: datetime) -> Iterator[tuple[int, bool, int]]:
    """(entry, helpful, people) for the version of each entry that is live."""
    votes = Vote.objects.filter(kind="customer", created__gte=since).order_by()
    said = list(
        votes.values("object_id", "object_version", "helpful")
        .annotate(people=Count("client_id", distinct=True))
        .values_list("object_id", "object_version", "helpful", "people")
    )
    entries = sorted({entry for entry, *_ in said})
    live: dict[int, int | None] = {}
    for start in range(0, len(entries), _BATCH):
        some = Entry.objects.filter(pk__in=entries[start : start + _BATCH])
        live |= dict(some.values_list("pk", "live_revision_id"))
    for entry, version, helpful, people in said:
        if version is not None and live.get(entry) == version:
            yield entry, helpful, people


def _cases(since: datetime) -> Iterator[tuple[int, bool, int]]:
    """(entry, solved, cases) as agents marked them; a search of theirs is a case."""
    marked = Event.objects.filter(
        kind="agent",
        action_name__in=(Action.USED_SOLVED, Action.USED_UNSOLVED),
        object_id__isnull=False,
        created__gte=since,
    ).order_by()
    rows = marked.values("object_id", "action_name").annotate(
        cases=Count("query_id", distinct=True)
    )
    for row in rows:
        yield row["object_id"] or 0, row["action_name"] == Action.USED_SOLVED, row["cases"]


def _said(
    counted: dict[Place, dict[str, float]],
    said: Iterable[tuple[int, bool, int]],
    yes: str,
    no: str,
) -> float:
    """Add what was said to the entries' counts; returns the share of yes of the whole site."""
    total: Counter[bool] = Counter()
    for entry, good, number in said:
        counted.setdefault((0, entry, 0), {})[yes if good else no] = number
        total[good] += number
    return (total[True] + 1) / (total[True] + total[False] + 2)


def _most(counted: Mapping[Place, Mapping[str, float]]) -> Iterator[dict[str, float]]:
    """Rows of what was observed most, of entries and of questions with an entry."""
    for most, pairs in ((ENTRIES, False), (PAIRS, True)):
        places = (place for place in counted if bool(place[0]) is pairs)
        ranked = sorted(places, key=lambda place: (-sum(counted[place].values()), place))
        for question, entry, level in ranked[:most]:
            values = counted[question, entry, level]
            yield {"question": question, "object_id": entry, "level": level, **values}


def _forget_before(run: SignalRun) -> None:
    """Remove earlier runs, finished or not, a batch at a time."""
    old = SignalCount.objects.filter(run__lt=run)
    while ids := list(old.values_list("pk", flat=True)[:_BATCH]):
        SignalCount.objects.filter(pk__in=ids).delete()
    SignalRun.objects.filter(pk__lt=run.pk).delete()
