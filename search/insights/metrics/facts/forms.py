"""Uses of the contact form: from the first words, or the message, until half an hour's rest.

One is solved where its person said that an offered answer was the answer, sent nothing in it, and
turned to nobody within N days after.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby, pairwise
from typing import NamedTuple

from django.db.models import Q

from search.insights.metrics.calendar import Window
from search.insights.metrics.models import FigureSettings
from search.journeys.models import Contact, Event, Search

from .fact import Fact, inside, within
from .places import Places

REST = timedelta(minutes=30)
#: What is done later than this in one use of the form is not looked at.
LONGEST = timedelta(hours=6)


class _Step(NamedTuple):
    client: str
    at: datetime
    what: str
    locale: str
    entry: int | None


def facts(windows: Sequence[Window], places: Places) -> Iterator[Fact]:
    """The uses of the form that begin in ``windows``."""
    uses = list(_uses(windows))
    places.learn(step.entry for use in uses for step in use if step.entry)
    later = _Later(uses)
    for use in uses:
        solved = [step for step in use if step.what == "solved"]
        sent = any(step.what == "sent" for step in use)
        kept = bool(solved) and not sent and not later.contact(use[0].client, solved[-1].at)
        entry = solved[-1].entry if solved else None
        yield Fact(
            source="forms",
            at=use[0].at,
            kind="customer",
            locale=use[0].locale,
            channel="contact",
            audience=places.audience(entry),
            category=places.category(entry),
            adds={"forms": 1, "forms_solved": 1} if kept else {"forms": 1},
            shown={"entry": entry, "sent": sent},
        )


def _uses(windows: Sequence[Window]) -> Iterator[list[_Step]]:
    """Half an hour's rest ends a use, so that where one begins is known from just before."""
    near = [(start - REST, end + LONGEST) for start, end in windows]
    steps = sorted(_steps(near), key=lambda step: step[:3])
    for client, mine in groupby(steps, key=lambda step: step.client):
        for use in _parted(list(mine)) if client else ([step] for step in mine):
            if inside(use[0].at, windows):
                yield [step for step in use if step.at - use[0].at <= LONGEST]


def _parted(steps: list[_Step]) -> list[list[_Step]]:
    parts = [steps[:1]]
    for before, step in pairwise(steps):
        if step.at - before.at > REST:
            parts.append([])
        parts[-1].append(step)
    return parts


def _steps(windows: Sequence[Window]) -> Iterator[_Step]:
    """What customers did at the form; what no cookie joins stands alone, its client is ""."""
    then = within("created", windows) & Q(kind="customer")
    wrote = Search.objects.filter(then, channel="contact", settled=True)
    for client, at, locale in wrote.values_list("client_id", "created", "locale"):
        yield _Step(client, at, "wrote", locale, None)
    said = Event.objects.filter(then, channel="contact", action_name="used_solved")
    for client, at, locale, entry in said.values_list(
        "client_id", "created", "locale", "object_id"
    ):
        yield _Step(client, at, "solved", locale, entry)
    sent = Contact.objects.filter(then)
    for client, at, locale in sent.values_list("client_id", "created", "locale"):
        yield _Step(client, at, "sent", locale, None)


class _Later:
    """Contacts within N days after somebody said that it was solved."""

    def __init__(self, uses: list[list[_Step]]) -> None:
        self.days = timedelta(days=FigureSettings.current().deflection_days)
        solved = [s for use in uses for s in use if s.what == "solved" and s.client]
        self._times: dict[str, list[datetime]] = defaultdict(list)
        if not solved:
            return
        rows = Contact.objects.filter(
            client_id__in={step.client for step in solved},
            created__gt=min(step.at for step in solved),
            created__lte=max(step.at for step in solved) + self.days,
        )
        for client, at in rows.values_list("client_id", "created"):
            self._times[client].append(at)

    def contact(self, client: str, at: datetime) -> bool:
        """Whether ``client`` turned to a person within N days after ``at``."""
        return any(at < time <= at + self.days for time in self._times.get(client, ()))
