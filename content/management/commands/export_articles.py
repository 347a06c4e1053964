"""``export_articles``: everything as text files or JSON, importable again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from content.audience import Audience
from content.exporting.writing import Export
from content.importing.places import CallError, locale_of


class Command(BaseCommand):
    """Writes to an empty folder, or over an earlier export."""

    requires_system_checks = ()
    help = "Export entries, categories, snippets and their files; import_articles reads them back."

    def add_arguments(self, parser: CommandParser) -> None:
        """What can be asked for."""
        parser.add_argument("path", type=Path)
        parser.add_argument("--format", choices=("markdown", "json"), default="markdown")
        parser.add_argument("--locale", default="", help="only this language")
        parser.add_argument(
            "--audience",
            choices=Audience.values,
            default=Audience.INTERNAL.value,
            help="only what these readers may see; default: everything",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Export, with progress on a terminal."""
        try:
            code = locale_of(options["locale"]).language_code if options["locale"] else ""
            number = Export(
                options["path"],
                options["format"],
                code,
                Audience(options["audience"]),
                self._progress,
            ).write()
        except CallError as error:
            raise CommandError(str(error)) from None
        except OSError as error:
            raise CommandError(_("Cannot write: %(error)s.") % {"error": error}) from None
        self.stdout.write(
            _("%(number)s entries exported to %(path)s.")
            % {"number": number, "path": options["path"]}
        )

    def _progress(self, done: int, number: int) -> None:
        if self.stdout.isatty():
            self.stdout.write(f"\r{done} / {number}", ending="\r")
            self.stdout.flush()
