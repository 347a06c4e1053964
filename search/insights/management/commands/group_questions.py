"""Groups the questions that came in; groups keep their ids."""

import sys
from argparse import ArgumentParser
from datetime import timedelta

from django.core.management import BaseCommand, CommandError

from search.insights.questions.models import GroupingRun
from search.insights.questions.runs import AlreadyRunning, group_questions


class Command(BaseCommand):
    help = "Group what customers asked: by meaning where the site has an embedder, else by words."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--since", type=int, metavar="DAYS", help="only what was asked since")

    def handle(self, *, since: int | None, **options) -> None:
        if since is not None and since < 1:
            raise CommandError("--since is a number of days, at least 1.")
        try:
            run = group_questions(timedelta(days=since) if since else None, self.progress)
        except AlreadyRunning:
            raise CommandError("Questions are being grouped already; try again later.") from None
        self.stdout.write(
            f"{run.texts} wordings by {run.mode}: {run.groups} groups, {run.unassigned} in none,"
            f" {run.moved} have changed their group."
        )

    def progress(self, run: GroupingRun) -> None:
        if sys.stderr.isatty():
            self.stderr.write(f"\r{run.step or 'done':<14}{run.done}/{run.total}", ending="")
