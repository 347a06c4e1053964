"""Writes down anew which entries show which files; who may fetch a file follows from it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from content.files.uses import keep
from content.models import Entry, FileUse

_AT_ONCE = 500


class Command(BaseCommand):
    """Needed only after texts were changed behind the product's back; safe to stop and repeat."""

    help = "Write down anew which entries show which images and documents."

    def handle(self, *args: Any, **options: Any) -> None:
        """Go through all entries, with progress on a terminal."""
        ids = list(Entry.objects.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(ids), _AT_ONCE):
            keep(ids[start : start + _AT_ONCE])
            if self.stdout.isatty():
                done = min(start + _AT_ONCE, len(ids))
                self.stdout.write(f"\r{done} / {len(ids)}", ending="\r")
                self.stdout.flush()
        self.stdout.write(f"{len(ids)} entries, {FileUse.objects.count()} uses of files.")
