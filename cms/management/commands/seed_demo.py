"""Makes demonstration content and thirty days of history."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from cms.demo.seeding import OccupiedError, seed
from cms.demo.users import is_production


class Command(BaseCommand):
    help = "Make demonstration content and history; refuses on a site with content of its own."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--force", action="store_true", help="also with the settings of a production site"
        )

    def handle(self, *, force: bool, **options: Any) -> None:
        if is_production() and not force:
            raise CommandError(
                "This is a production site. The demonstration adds users and invented figures; "
                "say --force if that is what you want. Nothing was changed."
            )
        began = time.monotonic()
        try:
            made = seed(self.say, self.tick)
        except OccupiedError as error:
            raise CommandError(str(error)) from None
        if made is None:
            self.stdout.write("The demonstration is here already; clear_demo removes it.")
            return
        self.stdout.write(
            f"{made.entries} entries, {made.searches} searches and {made.gaps} gaps "
            f"in {time.monotonic() - began:.0f} s."
        )
        for name, password, role in made.logins:
            self.stdout.write(f"Login: {name} / {password} ({role})")

    def say(self, text: str) -> None:
        self.stdout.write(text)

    def tick(self, done: int, total: int) -> None:
        if self.stdout.isatty():
            self.stdout.write(f"\r  {done} of {total}", ending="\n" if done == total else "")
            self.stdout.flush()
