"""``import_articles``: a folder of Markdown, a table of questions, or an export, becomes pages."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from content.audience import Audience
from content.importing.calling import Call, carry_out
from content.importing.places import CallError
from content.importing.reporting import lines


class Command(BaseCommand):
    """Safe to repeat, safe to stop: every batch of pages is written whole or not at all."""

    #: An import may take long; nothing that checks would find is needed for it.
    requires_system_checks = ()
    help = (
        "Import a folder of Markdown files, a CSV, XLSX or JSON table of questions, or an export."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """What SURFACES of the command are."""
        parser.add_argument("path", type=Path)
        parser.add_argument("--locale", default="", help="language of the texts, e.g. en, zh-hans")
        parser.add_argument(
            "--category", default="", help="slug (or path) of the category to import into"
        )
        parser.add_argument(
            "--audience", default=Audience.PUBLIC.value, help=", ".join(Audience.values)
        )
        parser.add_argument("--product", default="", help="product of texts that name none")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would be done, do nothing"
        )
        parser.add_argument(
            "--nested", action="store_true", help="make a category of every subfolder"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, with progress on a terminal and a summary at the end."""
        call = Call(
            path=options["path"],
            locale=options["locale"],
            category=options["category"],
            audience=options["audience"],
            product=options["product"],
            nested=options["nested"],
            dry=options["dry_run"],
            processes=os.cpu_count() or 1,
        )
        try:
            outcome = carry_out(call, progress=self._progress)
        except CallError as error:
            raise CommandError(str(error)) from None
        except KeyboardInterrupt:
            raise CommandError(
                _("Stopped. What was written is complete; run the same command again to go on.")
            ) from None
        for line in lines(outcome, dry=call.dry):
            self.stdout.write(line)

    def _progress(self, done: int, number: int) -> None:
        if self.stdout.isatty():
            end = "\n" if done == number else ""
            self.stdout.write(f"\r{done} / {number}", ending=end)
            self.stdout.flush()
