"""Removes the demonstration."""

from __future__ import annotations

from typing import Any

from django.core.management import BaseCommand

from cms.demo import is_begun, is_complete
from cms.demo.clearing import clear


class Command(BaseCommand):
    help = "Remove demonstration content, users and history; what others made stays."

    def handle(self, **options: Any) -> None:
        if not is_begun() and not is_complete():
            self.stdout.write("There is no demonstration here.")
            return
        cleared = clear()
        self.stdout.write(
            f"Removed {cleared.entries} entries, {cleared.searches} searches "
            f"and {cleared.gaps} gaps."
        )
        if cleared.kept:
            names = ", ".join(cleared.kept)
            self.stdout.write(f"Kept, because they hold pages of yours: {names}.")
