"""Holds the Chinese catalogues against the interface's strings."""

import shutil
import tempfile
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.core.management.commands import makemessages
from django.test.utils import override_settings

CATALOGUES = ("zh_Hans", "zh_Hant")


class Collect(makemessages.Command):
    """Leaves a new string untranslated: a guess from a similar one is taken for a translation."""

    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]


class Command(BaseCommand):
    help = "Fail where a string has no Simplified or Traditional Chinese, or a catalogue is stale."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--write", action="store_true", help="collect the strings and compile the catalogues"
        )

    def handle(self, *, write: bool, **options) -> None:
        if shutil.which("xgettext") is None:
            raise CommandError("Install gettext first (Debian: apt-get install gettext).")
        kept = Path(settings.LOCALE_PATHS[0])
        with tempfile.TemporaryDirectory() as folder:
            fresh = Path(folder) / "locale"
            if kept.exists():
                shutil.copytree(kept, fresh)
            fresh.mkdir(exist_ok=True)
            self.collect(fresh)
            faults = [f for name in CATALOGUES for f in self.faults(name, kept, fresh, write)]
        for folder in settings.LOCALE_PATHS[1:]:
            faults += self.faults_of_others(Path(folder), write)
        if faults:
            raise CommandError("\n".join(faults[:200]) + f"\n{len(faults)} strings to mend.")
        self.stdout.write("Every string is translated; the catalogues are compiled.")

    def collect(self, fresh: Path) -> None:
        """Gather the strings of all rooms into catalogues under ``fresh``."""
        with override_settings(LOCALE_PATHS=[str(fresh)]):
            call_command(
                Collect(),
                locale=list(CATALOGUES),
                # Its own catalogues would draw the strings beside them to themselves.
                ignore_patterns=[".venv/*", "var/*", "tests/*", "docs/*", "cms/locale"],
                no_wrap=True,
                add_location="file",
                no_obsolete=True,
                verbosity=0,
            )

    def faults(self, name: str, kept: Path, fresh: Path, write: bool) -> list[str]:
        """What is wrong with one catalogue, a line each; with ``write``, take over the new one."""
        import polib

        place = Path(name) / "LC_MESSAGES" / "django.po"
        catalogue = polib.pofile(str(fresh / place))
        compiled = kept / place.with_suffix(".mo")
        if write:
            catalogue.metadata.pop("POT-Creation-Date", None)
            (kept / place).parent.mkdir(parents=True, exist_ok=True)
            catalogue.save(str(kept / place))
            catalogue.save_as_mofile(str(compiled))
        return untranslated(name, catalogue) + stale(name, catalogue, compiled)

    def faults_of_others(self, folder: Path, write: bool) -> list[str]:
        """The same with catalogues of strings that stand in no source here; they are compiled."""
        import polib

        faults = []
        for place in sorted(folder.glob("*/LC_MESSAGES/*.po")):
            catalogue, compiled = polib.pofile(str(place)), place.with_suffix(".mo")
            if write:
                catalogue.save_as_mofile(str(compiled))
            name = str(place.relative_to(folder.parent))
            faults += untranslated(name, catalogue) + stale(name, catalogue, compiled)
        return faults


def untranslated(name: str, catalogue) -> list[str]:
    """The strings that have no words of ours, or only guessed ones."""
    return [
        f"{name}: untranslated: {entry.msgid!r} ({', '.join(f for f, _ in entry.occurrences)})"
        for entry in catalogue
        if not entry.obsolete and (not entry.translated() or entry.fuzzy)
    ]


def stale(name: str, catalogue, compiled: Path) -> list[str]:
    """Whether the compiled catalogue says something else than the source."""
    import polib

    if not compiled.exists():
        return [f"{name}: not compiled; say `make catalogues`"]
    inside = {
        (e.msgctxt, e.msgid): (e.msgstr, e.msgstr_plural) for e in polib.mofile(str(compiled))
    }
    old = [
        entry.msgid
        for entry in catalogue.translated_entries()
        if inside.get((entry.msgctxt, entry.msgid)) != (entry.msgstr, entry.msgstr_plural)
    ]
    return [
        f"{name}: compiled catalogue is stale: {msgid!r}; say `make catalogues`" for msgid in old
    ]
