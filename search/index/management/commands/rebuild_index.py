"""Builds the search index anew while the site works, and switches to it."""

from argparse import ArgumentParser

from django.core.management import BaseCommand, CommandError

from search.index.rebuild import RebuildFailed, rebuild, stoppable


class Command(BaseCommand):
    help = (
        "Build the search index anew while the site works, check it, and switch to it. "
        "Stopped in the middle, it goes on from there when it is run again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--anew",
            action="store_true",
            help="do not go on with a rebuild that was stopped, and analyse every text again",
        )

    def handle(self, *, anew: bool, **options) -> None:
        try:
            with stoppable():
                count = rebuild(self.progress, anew=anew)
        except RebuildFailed as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            raise CommandError(
                "Stopped. The index in use serves on, and what was built is kept: "
                "run rebuild_index again to go on.",
                returncode=130,
            ) from None
        self.stdout.write(f"The new index is in use: {count} documents.")

    def progress(self, done: int, total: int) -> None:
        if self.stdout.isatty():
            self.stdout.write(f"\r{done} of {total}", ending="")
            if done >= total:
                self.stdout.write("")
