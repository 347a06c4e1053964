"""The rows behind a number: the very facts that were added up, the latest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

from django.db.models import Sum

from .calendar import Window, day_of, start_of, window_of
from .due import countable
from .facts import SOURCES, Fact, Places
from .models import ALL, Asked, Bucket, Period, Reading
from .reading import Scope, below, narrowed

#: Facts are made of so many windows at a time.
_AT_ONCE = 12
#: Columns to which one fact may add more than 1: how many facts there are they do not say.
_MANY = frozenset(
    {
        *("searches", "clicks", "ranked", "rank_sum", "rank_squares", "reciprocal", "ces_sum"),
        *("reciprocal_squares", "time_sum", "time_squares", "ces_squares"),
    }
)


@dataclass(frozen=True, slots=True)
class Behind:
    """Which rows: of a source, those that add to ``column``; of one question or entry, if given."""

    scope: Scope
    source: str
    column: str
    #: Only of these audiences; None: of all.
    audiences: frozenset[str] | None = None
    question: str | None = None
    entry: int | None = None


def of(behind: Behind, first: int, number: int) -> list[Fact]:
    """``number`` rows from the ``first`` (0-based) on. Days whose records are gone have none."""
    passed = 0
    if behind.question is None and behind.entry is None:
        windows, passed = _hours(behind, first)
    else:
        windows = _days(behind)
    return list(islice(_facts(behind, windows), first - passed, first - passed + number))


def _facts(behind: Behind, windows: list[Window]) -> Iterator[Fact]:
    places = Places()
    categories = frozenset(below(behind.scope.category)) if behind.scope.category else None
    for begin in range(0, len(windows), _AT_ONCE):
        facts = SOURCES[behind.source](windows[begin : begin + _AT_ONCE], places)
        mine = (fact for fact in facts if _wanted(fact, behind, categories))
        yield from sorted(mine, key=lambda fact: (fact.at, str(fact.shown)), reverse=True)


def _wanted(fact: Fact, behind: Behind, categories: frozenset[int] | None) -> bool:
    scope = behind.scope
    if not fact.adds.get(behind.column) or (categories and fact.category not in categories):
        return False
    for name in ("kind", "locale", "channel", "audience"):
        if getattr(scope, name) and getattr(fact, name) != getattr(scope, name):
            return False
    if behind.audiences is not None and fact.audience not in behind.audiences:
        return False
    if behind.question is not None and fact.question[0] != behind.question:
        return False
    return behind.entry is None or (fact.reading or (0,))[0] == behind.entry


def _hours(behind: Behind, first: int) -> tuple[list[Window], int]:
    """The hours with rows, the latest first, and how many rows the hours left out have."""
    rows = Bucket.objects.filter(
        period=Period.HOUR, category=ALL, **_within(behind.scope), **{f"{behind.column}__gt": 0}
    )
    told = behind.column not in _MANY and not behind.scope.category
    if behind.audiences is not None:
        rows = rows.filter(audience__in=behind.audiences)
    hours = narrowed(rows, behind.scope).values("start").annotate(number=Sum(behind.column))
    windows: list[Window] = []
    passed = 0
    for start, number in hours.values_list("start", "number").order_by("-start"):
        if told and not windows and passed + number <= first:
            passed += number
            continue
        windows.append((start, start + timedelta(hours=1)))
    return _kept(windows), passed


def _days(behind: Behind) -> list[Window]:
    """The days in which the question was asked or the entry read, the latest first."""
    scope = {"period": Period.DAY, **_within(behind.scope)}
    found = (
        Reading.objects.filter(entry=behind.entry, **scope).values_list("start", flat=True)
        if behind.entry is not None
        else Asked.objects.filter(key=behind.question, **scope).values_list("start", flat=True)
    )
    return _kept([window_of(day_of(at)) for at in found.order_by("-start").distinct()])


def _within(scope: Scope) -> dict:
    return {
        "start__gte": start_of(scope.first),
        "start__lt": start_of(scope.last + timedelta(days=1)),
    }


def _kept(windows: list[Window]) -> list[Window]:
    there = set(countable({day_of(start) for start, _ in windows}))
    return [window for window in windows if day_of(window[0]) in there]
