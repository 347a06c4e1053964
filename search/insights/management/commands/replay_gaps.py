"""``manage.py replay_gaps``: the daily replay, now."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from search.insights.models import Gap
from search.insights.verification import verify_all


class Command(BaseCommand):
    """Replays the failed searches of closed gaps, and of gaps whose answer is published."""

    help = "Run the failed searches of gaps again; close what is answered, reopen what is not."

    def handle(self, *args, **options) -> None:
        def show(gap: Gap, closed: bool) -> None:
            if self.stdout.isatty():
                self.stdout.write(f"{'found' if closed else 'fails'}  {gap.question}")

        done = verify_all(show)
        self.stdout.write(
            f"Replayed {done['replayed']} gaps: {done['closed']} closed,"
            f" {done['reopened']} reopened."
        )
