"""Counts days anew, as often as wanted, always to the same sums."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from search.journeys.models import ChangedHour, Search

from . import due, summing
from .calendar import Window, month_of, next_month, start_of, window_of
from .facts import Places, facts_in
from .models import CountedDay, Counting

#: A day with more searches than these is read in parts, so that it fits into memory.
_BUSY, _PART = 50_000, timedelta(hours=4)
Progress = Callable[[date, int], None]


def count_due(progress: Progress | None = None) -> int:
    """Count the days in which something changed; returns the number of facts.

    May be stopped and run again, and by several at a time.
    """
    days, latest = due.due()
    facts = count(days, progress)
    ChangedHour.objects.filter(pk__lte=latest).delete()
    return facts


def count(days: Iterable[date], progress: Progress | None = None) -> int:
    """Count these days and the months that they lie in; returns the number of facts.

    Days whose records have been removed must not be among them: see ``due.countable``.
    """
    places, facts = Places(), 0
    month: date | None = None
    for day in sorted(days):
        if month and month != month_of(day):
            _count_month(month)
        month = month_of(day)
        facts += (number := _count_day(day, places))
        if progress:
            progress(day, number)
    if month:
        _count_month(month)
    return facts


def _count_day(day: date, places: Places) -> int:
    """Facts are read without a lock; whoever was overtaken meanwhile reads them again."""
    while True:
        known, _ = CountedDay.objects.get_or_create(day=day)
        sums = summing.Day(day)
        for part in _parts(window_of(day)):
            sums.add(facts_in([part], places))
        with transaction.atomic():
            mine = CountedDay.objects.filter(day=day, turn=known.turn).update(
                turn=F("turn") + 1, facts=sums.facts, counted=timezone.now()
            )
            if mine:
                sums.write()
                return sums.facts


def _parts(window: Window) -> Iterable[Window]:
    start, end = window
    if Search.objects.filter(created__gte=start, created__lt=end).count() <= _BUSY:
        yield window
        return
    while start < end:
        yield start, min(start + _PART, end)
        start += _PART


@transaction.atomic
def _count_month(first: date) -> None:
    """Two that count days of one month wait for each other here."""
    Counting.objects.get_or_create(pk=1)
    Counting.objects.select_for_update().get(pk=1)
    summing.add_month(start_of(first), start_of(next_month(first)))


def removed(before: datetime) -> None:
    """Records before this instant are gone: the days they lay in stay as they were counted."""
    counting, _ = Counting.objects.get_or_create(pk=1)
    if counting.complete_from is None or counting.complete_from < before:
        Counting.objects.filter(pk=1).update(complete_from=before)
