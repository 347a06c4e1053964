"""``manage.py check_coverage``: asks the search all frequent questions, now."""

from __future__ import annotations

from collections import Counter

from django.core.management.base import BaseCommand

from search.insights.coverage.keeping import check_all
from search.insights.coverage.models import Coverage, State
from search.insights.questions.models import QuestionGroup


class Command(BaseCommand):
    """Says of each frequent question whether customers find its answer."""

    help = "Ask the search the frequent questions in customers' words, and keep what it finds."

    def handle(self, *args, **options) -> None:
        found: Counter[str] = Counter()

        def show(group: QuestionGroup, coverage: Coverage) -> None:
            found[coverage.state] += 1
            if self.stdout.isatty():
                self.stdout.write(f"{coverage.state:<8} {group.name}")

        number = check_all(show)
        said = ", ".join(f"{found[state]} {state.value}" for state in State)
        self.stdout.write(f"{number} frequent questions: {said}.")
