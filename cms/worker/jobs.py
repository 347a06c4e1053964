"""What is done at set times, gathered from the rooms that know how to do it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.core.management import call_command
from django.utils import timezone


@dataclass(frozen=True, slots=True)
class Job:
    """``run`` is called every ``every`` seconds, or daily at "HH:MM" of the site's time zone."""

    name: str
    every: int | str
    run: Callable[[], object]

    def latest_due(self, now: datetime) -> datetime:
        """The last moment, at or before ``now``, by which a run must have begun."""
        if isinstance(self.every, int):
            return now - timedelta(seconds=self.every)
        local = timezone.localtime(now)
        due = datetime.combine(local.date(), time.fromisoformat(self.every), tzinfo=local.tzinfo)
        return due if due <= local else due - timedelta(days=1)


def all_jobs() -> list[Job]:
    """The jobs of the whole house."""
    from search.insights.schedule import SCHEDULE as INSIGHTS
    from search.journeys.schedule import SCHEDULE as JOURNEYS
    from search.lookup.schedule import SCHEDULE as LOOKUP

    return [Job(*row) for row in (*JOURNEYS, *LOOKUP, *INSIGHTS, *_OWN)]


def _publish_scheduled() -> None:
    call_command("publish_scheduled", verbosity=0)


def _check_index() -> None:
    call_command("index_check", mend=True, verbosity=0)


def _clear_unused() -> None:
    from content.rendering import clear_unused

    clear_unused()


def _trim_editions() -> None:
    from content.models import Edition

    Edition.trim()


def _clear_vectors() -> None:
    from search.index.vectors.clearing import clear_unused

    clear_unused()


def _tell_what_is_wrong() -> None:
    from cms.troubles.telling import tell

    tell()


_OWN: list[tuple[str, int | str, Callable[[], object]]] = [
    ("publish and expire what is scheduled", 60, _publish_scheduled),
    ("compare index and database", "02:40", _check_index),
    ("tell those in charge what is wrong", 60, _tell_what_is_wrong),
    ("let go of HTML of texts that are gone", "03:20", _clear_unused),
    ("let go of vectors of texts that are gone", "03:22", _clear_vectors),
    ("let go of editions of the days before", "03:25", _trim_editions),
]
