"""Compares database and index, and mends what differs."""

from argparse import ArgumentParser

from django.core.management import BaseCommand, CommandError

from search.engine.protocol import EngineFailed, EngineMissing
from search.index import drain, engine
from search.index.check import Difference, compare, mend
from search.index.rebuild import RebuildFailed, rebuild

SHOWN = 20


class Command(BaseCommand):
    help = "Compare database and index id by id, version by version; exit 1 where they differ."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--mend", action="store_true", help="index anew what differs")

    def handle(self, *, mend: bool, **options) -> None:
        try:
            self.compare(mend)
        except EngineMissing as error:
            if not mend:
                raise CommandError(f"{error} Run index_check --mend to build it anew.") from error
            self.anew()
        except EngineFailed as error:
            raise CommandError(f"{error} Nothing is lost: changes wait in the outbox.") from error
        self.stdout.write(f"Database and index agree: {engine().count()} documents.")

    def compare(self, mend: bool) -> None:
        drain.drain_all()
        differences = compare(engine())
        self.show(differences)
        if differences and mend:
            differences = self.mend(differences)
        if differences:
            raise CommandError(
                f"Database and index differ in {len(differences)} entries. "
                + ("Run rebuild_index." if mend else "Run index_check --mend.")
            )

    def anew(self) -> None:
        self.stdout.write("The index is gone; building it anew.")
        try:
            rebuild()
        except RebuildFailed as error:
            raise CommandError(str(error)) from error

    def show(self, differences: list[Difference]) -> None:
        for difference in differences[:SHOWN]:
            self.stdout.write(str(difference))
        if len(differences) > SHOWN:
            self.stdout.write(f"… and {len(differences) - SHOWN} more")

    def mend(self, differences: list[Difference]) -> list[Difference]:
        left = mend(differences)
        self.stdout.write(f"Mended {len(differences) - len(left)} of {len(differences)}.")
        return left
