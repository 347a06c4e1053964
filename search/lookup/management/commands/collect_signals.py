"""Counts signals now; the worker does each night."""

import sys
from argparse import ArgumentParser

from django.core.management import BaseCommand, CommandError

from search.lookup.signals.collecting import DAYS, collect_signals


class Command(BaseCommand):
    help = "Count what clicks, votes and agents say of entries; the search reorders by it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--days", type=int, default=DAYS, help=f"looked back ({DAYS})")

    def handle(self, *, days: int, **options) -> None:
        if days < 1:
            raise CommandError("--days must be 1 or more.")
        run = collect_signals(days, self.progress)
        if sys.stderr.isatty():
            self.stderr.write("")
        self.stdout.write(
            f"Read {run.searches} searches of {days} days; kept {run.counts.count()} counts."
        )

    def progress(self, done: int) -> None:
        if sys.stderr.isatty():
            self.stderr.write(f"\r{done} searches", ending="")
