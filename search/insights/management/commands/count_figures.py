"""``count_figures [--from DAY] [--to DAY]``: counts what is due, or a range of days, anew."""

from __future__ import annotations

import sys
import time
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.insights.metrics import counting, due


class Command(BaseCommand):
    """May be stopped and run again; days whose records have been removed stay as they are."""

    help = "Counts the figures of the days in which something changed, or of a range of days."

    def add_arguments(self, parser: CommandParser) -> None:
        """The range; without it, what is due."""
        parser.add_argument("--from", dest="first", type=date.fromisoformat, metavar="DAY")
        parser.add_argument("--to", dest="last", type=date.fromisoformat, metavar="DAY")

    def handle(self, first: date | None, last: date | None, **options: Any) -> None:
        """Count, and say how many facts in how many seconds."""
        if first and last and first > last:
            raise CommandError("--from is after --to. Nothing was counted.")
        started = time.monotonic()
        if first or last:
            days = [
                day for day in due.every_day() if day >= (first or day) and day <= (last or day)
            ]
            facts = counting.count(days, self._progress)
        else:
            facts = counting.count_due(self._progress)
        seconds = time.monotonic() - started
        self.stdout.write(f"{facts} facts counted in {seconds:.1f} s.")

    def _progress(self, day: date, facts: int) -> None:
        if sys.stderr.isatty():
            self.stderr.write(f"{day}  {facts} facts")
