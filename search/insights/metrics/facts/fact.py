"""The one value that everything counted becomes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from django.db.models import Q

from search.insights.metrics.calendar import Window

#: Staff and crawlers are in no figure; agents are in their own.
COUNTED = ("customer", "agent")
#: Searches that nobody asked: the contact form's own, replays and tests.
NOT_SEARCHES = frozenset({"contact", "replay", "test"})
CHUNK = 2_000
T = TypeVar("T")


@dataclass(slots=True)
class Fact:
    """Something that happened at ``at``, where it counts, and what it adds to which columns."""

    source: str
    at: datetime
    kind: str
    locale: str
    channel: str
    audience: str
    category: int
    adds: dict[str, int]
    #: How many alike this one stands for; ``adds`` is what all of them add.
    number: int = 1
    #: Random id of whoever did it; "" where it must not be counted in people.
    person: str = ""
    #: (key, wording) of what was asked.
    question: tuple[str, str] = ("", "")
    #: (entry, version, section) of what was read.
    reading: tuple[int, int, str] | None = None
    #: What a person wants to see of it.
    shown: dict[str, Any] = field(default_factory=dict)

    @property
    def place(self) -> tuple[str, str, str, str, int]:
        """Where it counts, in the order of ``models.PLACE``."""
        return (self.kind, self.locale, self.channel, self.audience, self.category)


def within(name: str, windows: Sequence[Window]) -> Q:
    """Rows whose field ``name`` lies in one of the windows."""
    wanted = Q(pk__in=[])
    for start, end in windows:
        wanted |= Q(**{f"{name}__gte": start, f"{name}__lt": end})
    return wanted


def inside(at: datetime, windows: Sequence[Window]) -> bool:
    """Whether ``at`` lies in one of the windows."""
    return any(start <= at < end for start, end in windows)


def chunks(values: Iterable[T]) -> Iterator[list[T]]:
    """So many at a time as a database takes in one list."""
    rest = iter(values)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk
