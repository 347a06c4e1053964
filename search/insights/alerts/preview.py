"""How often a rule would have opened an alert in the last 90 days, by the same decisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from search.insights.metrics.calendar import day_of, days

from . import deciding, series
from .models import AlertRule
from .series import HOUR

DAYS = 90
#: Episodes that the table lists, the newest first.
LISTED = 30


@dataclass(frozen=True, slots=True)
class Episode:
    """From the hour at which an alert would have opened to that at which it was over (None: is
    not)."""

    begun: datetime
    ended: datetime | None

    @property
    def hours(self) -> int | None:
        """How long it lasted."""
        return None if self.ended is None else (self.ended - self.begun) // HOUR


@dataclass(frozen=True, slots=True)
class Bar:
    """One day: alerts opened in it, hours in which the conditions held, and its place in a box of
    ``Preview.WIDTH`` by ``Preview.HEIGHT``."""

    day: date
    opened: int
    hours: int
    x: float
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Preview:
    """Episodes in order, one bar a day, and hours of which too little is known."""

    episodes: list[Episode]
    bars: list[Bar]
    unknown: int
    looked_at: int

    WIDTH = 450.0
    HEIGHT = 96.0
    STEP = 5.0

    @property
    def latest(self) -> list[Episode]:
        """The newest first."""
        return self.episodes[::-1][:LISTED]


def preview(rule: AlertRule) -> Preview:
    """Decide each hour of the last 90 days. ``rule`` need not be saved."""
    end = series.newest()
    first = end - timedelta(days=DAYS)
    ground = series.lay([rule], first - rule.lasting * HOUR, end)
    before, last = ground.at(first), ground.at(end)
    truths = [
        deciding.holds(rule, ground, hour) for hour in range(before - rule.lasting + 1, last + 1)
    ]
    verdicts = list(deciding.lasting(truths, rule.lasting))[rule.lasting :]
    held = truths[rule.lasting :]
    moments = [ground.moment(hour) for hour in range(before + 1, last + 1)]
    return Preview(
        _episodes(verdicts, moments),
        _bars(first, end, _episodes(verdicts, moments), held, moments),
        sum(one is None for one in held),
        len(held),
    )


def _episodes(verdicts: Sequence[bool | None], moments: Sequence[datetime]) -> list[Episode]:
    found: list[Episode] = []
    begun: datetime | None = None
    for verdict, moment in zip(verdicts, moments, strict=True):
        if verdict is True and begun is None:
            begun = moment
        elif verdict is False and begun is not None:
            found.append(Episode(begun, moment))
            begun = None
    return [*found, Episode(begun, None)] if begun else found


def _bars(
    first: datetime,
    end: datetime,
    episodes: Sequence[Episode],
    held: Sequence[bool | None],
    moments: Sequence[datetime],
) -> list[Bar]:
    # An hour that ends at midnight belongs to the day before.
    hours = Counter(
        day_of(moment - HOUR) for moment, one in zip(moments, held, strict=True) if one is True
    )
    opened = Counter(day_of(episode.begun - HOUR) for episode in episodes)
    bars = []
    for number, day in enumerate(days(day_of(first), day_of(end - HOUR))):
        height = round(Preview.HEIGHT * min(1.0, hours[day] / 24), 1)
        x = round(number * Preview.STEP, 1)
        bars.append(Bar(day, opened[day], hours[day], x, round(Preview.HEIGHT - height, 1), height))
    return bars
