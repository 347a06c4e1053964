"""``manage.py collect_gaps``: take in every failed search there is."""

from __future__ import annotations

from datetime import timedelta

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from search.insights.collect import collect_all
from search.insights.models import Gap


class Command(BaseCommand):
    """Collects failed searches into gaps; what is known already is not counted twice."""

    help = "Collect failed searches into gaps. Safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, help="only what was recorded in the last DAYS days")

    def handle(self, *args, **options) -> None:
        days = options["days"]
        new = collect_all(timezone.now() - timedelta(days=days) if days else None)
        gaps = Gap.objects.filter(joined_into=None).count()
        self.stdout.write(f"Took in {new} failed searches; there are {gaps} gaps.")
