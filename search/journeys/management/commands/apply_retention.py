"""``manage.py apply_retention``: remove what is older than the settings keep."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from search.journeys.retention import apply_retention


class Command(BaseCommand):
    """Deletes old searches, events and contacts. May be stopped and run again."""

    help = "Remove searches, events and contacts older than the privacy settings keep them."

    def handle(self, *args, **options) -> None:
        def show(name: str, number: int) -> None:
            if self.stdout.isatty():
                self.stdout.write(f"\r{name}: {number} removed", ending="")

        done = apply_retention(show)
        self.stdout.write(
            f"Removed {done['searches']} searches, {done['events']} events and"
            f" {done['contacts']} contacts; {done['votes']} votes lost their person."
        )
