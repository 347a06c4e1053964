"""Which days are to be counted anew, because something that counts in them has changed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from django.db.models import Max, Min

from search.insights.questions.models import Question
from search.journeys.models import ChangedHour, Contact, Event, Search, Vote

from .calendar import Window, day_of, days, start_of
from .facts import forms, imported
from .facts.fact import chunks, within
from .models import CountedDay, Counting, FigureSettings

_HOUR = timedelta(hours=1)
#: More hours than these are not looked into: all days around them are due.
_MANY = 48


def due() -> tuple[list[date], int]:
    """The days that are due, in order, and the id up to which changes are known by then.

    Where nothing has been counted yet, these are all days that there are records of.
    """
    latest = ChangedHour.objects.aggregate(latest=Max("pk"))["latest"] or 0
    if not CountedDay.objects.exists():
        return every_day(), latest
    changed = ChangedHour.objects.filter(pk__lte=latest).values_list("hour", flat=True).distinct()
    return countable(touched(set(changed))), latest


def touched(hours: set[datetime]) -> set[date]:
    """The days whose sums may change with records of these hours."""
    if not hours:
        return set()
    kept = timedelta(days=FigureSettings.current().deflection_days)
    if len(hours) > _MANY:
        return set(days(day_of(min(hours) - kept - _HOUR), day_of(max(hours) + _HOUR)))
    windows = [(hour, hour + _HOUR) for hour in sorted(hours)]
    found = {day_of(at) for start, end in windows for at in (start, end - timedelta(seconds=1))}
    found |= {day_of(start - forms.LONGEST - forms.REST) for start, _ in windows}
    found |= {day_of(at) for at in _of_intents(windows)}
    found |= {day_of(at) for at in imported.times_of(windows)}
    return found | {day_of(at) for at in _before_contacts(windows, kept)}


def _of_intents(windows: list[Window]) -> Iterable[datetime]:
    """The times of all searches of the intents that the windows' searches and events belong to."""
    acts = Event.objects.filter(within("created", windows), query_id__isnull=False)
    asked = [pk for pk in acts.values_list("query_id", flat=True).distinct() if pk]
    intents = set(
        Search.objects.filter(within("created", windows)).values_list("intent_id", flat=True)
    )
    for chunk in chunks(asked):
        intents |= set(
            Search.objects.filter(query_id__in=chunk).values_list("intent_id", flat=True)
        )
    for chunk in chunks(intents):
        yield from Search.objects.filter(intent_id__in=chunk).values_list("created", flat=True)


def _before_contacts(windows: list[Window], kept: timedelta) -> Iterable[datetime]:
    """When those who turned to a person in the windows did something in the N days before."""
    rows = Contact.objects.filter(within("created", windows)).exclude(client_id="")
    for client, at in rows.values_list("client_id", "created"):
        near = {"client_id": client, "created__gte": at - kept, "created__lte": at}
        yield from Search.objects.filter(**near).values_list("created", flat=True)
        solved = Event.objects.filter(**near, action_name="used_solved", channel="contact")
        for time in solved.values_list("created", flat=True):
            yield from (time, time - forms.LONGEST)


def every_day() -> list[date]:
    """All days from the first record to the last one."""
    ends = [
        model.objects.aggregate(first=Min("created"), last=Max("created"))
        for model in (Search, Event, Vote, Contact)
    ]
    ends.append(Question.objects.aggregate(first=Min("asked"), last=Max("asked")))
    found = [end for end in ends if end["first"]]
    if not found:
        return []
    first, last = min(end["first"] for end in found), max(end["last"] for end in found)
    return countable(days(day_of(first), day_of(last)))


def countable(wanted: Iterable[date]) -> list[date]:
    """Those among ``wanted`` of which all records are still there, in order."""
    counting = Counting.objects.first()
    begins = (counting and counting.complete_from) or datetime.min.replace(tzinfo=UTC)
    return sorted(day for day in wanted if start_of(day) >= begins)
