"""Hours, days and months of the site's time zone, as instants."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

Window = tuple[datetime, datetime]
_QUARTER = 15


def _zone() -> ZoneInfo:
    return timezone.get_default_timezone()  # type: ignore[return-value]


class Hours:
    """The beginning of the site's hour of an instant; remembers quarters of an hour it has seen."""

    def __init__(self) -> None:
        self._zone = _zone()
        self._known: dict[tuple[int, int, int, int, int], datetime] = {}

    def of(self, at: datetime) -> datetime:
        """The local hour's beginning in UTC; zones differ from UTC by whole quarters."""
        if at.tzinfo is not UTC:
            at = at.astimezone(UTC)
        slot = (at.year, at.month, at.day, at.hour, at.minute // _QUARTER)
        if slot not in self._known:
            local = at.astimezone(self._zone).replace(minute=0, second=0, microsecond=0)
            self._known[slot] = local.astimezone(UTC)
        return self._known[slot]


def day_of(at: datetime) -> date:
    """The site's day of an instant."""
    return at.astimezone(_zone()).date()


def today() -> date:
    """The site's day now, whatever zone the reader has chosen."""
    return day_of(timezone.now())


def start_of(day: date) -> datetime:
    """The instant (UTC) at which a day begins."""
    return datetime.combine(day, time(), tzinfo=_zone()).astimezone(UTC)


def window_of(day: date) -> Window:
    """From the day's beginning to the next one's: 23 to 25 hours."""
    return start_of(day), start_of(day + timedelta(days=1))


def month_of(day: date) -> date:
    """The first of the month."""
    return day.replace(day=1)


def next_month(first: date) -> date:
    """The first of the month after."""
    return (first + timedelta(days=32)).replace(day=1)


def days(first: date, last: date) -> Iterator[date]:
    """All days from the first to the last, both included."""
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)
