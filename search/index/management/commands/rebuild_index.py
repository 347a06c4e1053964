"""Builds the search index anew while the site works, and switches to it."""

from django.core.management import BaseCommand, CommandError

from search.index.rebuild import RebuildFailed, rebuild


class Command(BaseCommand):
    help = "Build the search index anew while the site works, check it, and switch to it."

    def handle(self, **options) -> None:
        try:
            count = rebuild(self.progress)
        except RebuildFailed as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"The new index is in use: {count} documents.")

    def progress(self, done: int, total: int) -> None:
        if self.stdout.isatty():
            self.stdout.write(f"\r{done} of {total}", ending="")
            if done >= total:
                self.stdout.write("")
