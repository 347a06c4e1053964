"""Imports conversations or single questions from a CSV or JSONL file."""

import sys
from argparse import ArgumentParser
from pathlib import Path

from django.core.management import BaseCommand, CommandError

from search.insights.questions.fields import FIELDS, RowError, locale_named
from search.insights.questions.importing import run
from search.insights.questions.models import QuestionImport
from search.insights.questions.reading import SUFFIXES

SHOWN = 20


class Command(BaseCommand):
    help = (
        "Import what customers asked from FILE (CSV, TSV or JSONL), redacted. Importing the same"
        " rows again changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--source", required=True, metavar="NAME")
        parser.add_argument("--locale", default="", help="language of rows that name none")
        parser.add_argument(
            "--map",
            nargs="+",
            action="extend",
            default=[],
            metavar="COLUMN=FIELD",
            help=f"a column's field, nothing to leave it out; fields: {', '.join(FIELDS)}",
        )

    def handle(self, *, file: Path, source: str, locale: str, **options) -> None:
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        if file.suffix.lower() not in SUFFIXES:
            raise CommandError(f"{file.name} is neither CSV, TSV nor JSONL.")
        try:
            locale = locale_named(locale)
        except RowError as error:
            raise CommandError(str(error)) from error
        if len(source) > 80:
            raise CommandError("The source's name is longer than 80 characters.")
        record = QuestionImport.objects.create(
            source=source,
            file_name=file.name[:200],
            mapping=self.mapping(options["map"]),
            locale=locale,
        )
        run(record, file, file.name.lower(), self.progress)
        for problem in record.problems.all()[:SHOWN]:
            self.stderr.write(f"row {problem.row}: {problem.reason}")
        if record.failed > SHOWN:
            self.stderr.write(f"… and {record.failed - SHOWN} more: Insights > Questions > Imports")
        self.stdout.write(
            f"{record.rows} rows: {record.kept} questions kept, {record.repeated} there already,"
            f" {record.left_out} ask nothing, {record.failed} with errors."
        )
        if record.state == QuestionImport.State.FAILED:
            raise CommandError(record.message)

    def mapping(self, given: list[str]) -> dict[str, str]:
        """Field by column. Raises CommandError where two columns have the same field."""
        mapping = dict(self.pair(each) for each in given)
        fields = [field for field in mapping.values() if field]
        if len(set(fields)) < len(fields):
            raise CommandError("--map: two columns were given the same field.")
        return mapping

    def pair(self, given: str) -> tuple[str, str]:
        """Column and field, or "". Raises CommandError where there is no such field."""
        column, _sign, field = given.rpartition("=")
        if not column or field not in (*FIELDS, ""):
            raise CommandError(f"--map {given}: write COLUMN=FIELD, a field of {', '.join(FIELDS)}")
        return column, field

    def progress(self, record: QuestionImport) -> None:
        if sys.stderr.isatty():
            share = 100 * record.done // max(record.size, 1)
            self.stderr.write(f"\r{share} %  {record.rows} rows, {record.kept} kept", ending="")
