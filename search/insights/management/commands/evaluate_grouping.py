"""Measures the grouping of questions on labelled sets."""

import resource
import sys
import time
from argparse import ArgumentParser
from functools import partial
from pathlib import Path

import numpy as np
from django.conf import settings
from django.core.management import BaseCommand, CommandError

from search.index.vectors import embedders
from search.insights.grouping.grouping import group_texts
from search.insights.grouping.scoring import agreement, apart
from search.meaning.kept import kept
from search.meaning.protocol import Embedder, EmbedderFailed
from search.text.folding import simplify

MODES = ("words", "meaning")
#: Vectors made between two lines of progress, where there is no terminal.
LINE = 1_024


class Command(BaseCommand):
    help = (
        "Group the texts of each FILE (text⇥label a line) without its labels, and print how well"
        " the groups agree with them. Texts left without a group count as one group more."
        " A folder stands for its .tsv files, NAME_train.tsv and NAME_test.tsv together as NAME."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", type=Path)
        parser.add_argument("--mode", choices=MODES, default="words")
        parser.add_argument(
            "--outside",
            default="oos",
            metavar="LABEL",
            help="label of texts that belong to no group; how many are kept apart is printed",
        )
        parser.add_argument(
            "--out", type=Path, metavar="FILE", help="write text⇥group, no group: an empty one"
        )

    def handle(
        self, *, files: list[Path], mode: str, outside: str, out: Path | None, **options
    ) -> None:
        embedder = self.embedder() if mode == "meaning" else None
        sets = [
            (name, *self.read(paths)) for given in files for name, paths in _sets_of(given).items()
        ]
        written: list[str] = []
        for name, texts, labels in sets:
            began = time.perf_counter()
            vectors = self.vectors(embedder, texts, name) if embedder else None
            groups = group_texts(texts, vectors).groups
            seconds = time.perf_counter() - began
            told = agreement(labels, groups)
            self.stdout.write(
                f"{name} texts {len(texts)} groups {len(np.unique(groups[groups >= 0]))}"
                f" unassigned {np.count_nonzero(groups < 0)} NMI {told.nmi:.3f} ARI {told.ari:.3f}"
                f" ACC {told.acc:.3f} seconds {seconds:.1f} peak MB {_peak_megabytes():.0f}"
            )
            if outside in labels:
                share = apart(labels, groups, outside)
                self.stdout.write(
                    f"{name} outside {labels.count(outside)}, of which without a group or in groups"
                    f" of their own {share:.1%}"
                )
            several = f"{name}:" if len(sets) > 1 else ""
            written += [
                f"{text}\t{f'{several}{group}' if group >= 0 else ''}\n"
                for text, group in zip(texts, groups.tolist(), strict=True)
            ]
        if out:
            try:
                out.write_text("".join(written), "utf-8")
            except OSError as error:
                raise CommandError(f"The groups could not be written to {out}: {error}") from error

    def embedder(self) -> Embedder:
        """The site's embedder. Raises CommandError where there is none."""
        found = embedders.wanted()
        if found is None:
            raise CommandError(
                "No embedder: install requirements-semantic.txt, or set EMBEDDINGS to an endpoint."
            )
        return found

    def vectors(self, embedder: Embedder, texts: list[str], name: str) -> np.ndarray:
        """One vector a different text, kept in `VAR_DIR`, so that who is stopped goes on there."""
        simple = [simplify(text) for text in texts]
        folder = Path(settings.VAR_DIR) / "labelled"
        progress = partial(self.progress, name)
        try:
            return kept(embedder.queries, embedder.model, simple, folder, progress)
        except EmbedderFailed as error:
            raise CommandError(f"The embedder failed: {error}") from error

    def progress(self, name: str, done: int, total: int) -> None:
        """In place on a terminal; elsewhere a line now and then."""
        told = f"{name} vectors {done}/{total}"
        if sys.stderr.isatty():
            self.stderr.write(f"\r{told}", ending="\n" if done == total else "")
        elif done == total or done % LINE == 0:
            self.stderr.write(told)

    def read(self, paths: list[Path]) -> tuple[list[str], list[str]]:
        """Texts and labels of all ``paths``. Raises CommandError with the line that is wrong."""
        told = [self.read_one(path) for path in paths]
        return [t for texts, _ in told for t in texts], [n for _, labels in told for n in labels]

    def read_one(self, path: Path) -> tuple[list[str], list[str]]:
        """Texts and labels of a file. Raises CommandError with the line that is wrong."""
        texts, labels = [], []
        try:
            lines = path.read_text("utf-8-sig").split("\n")
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{path} cannot be read: {error}") from error
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            text, tab, label = line.rstrip("\r").rpartition("\t")
            if not tab:
                raise CommandError(f"{path}, line {number}: no tab between text and label.")
            texts.append(text)
            labels.append(label)
        if not texts:
            raise CommandError(f"{path} holds no texts.")
        return texts, labels


def _sets_of(given: Path) -> dict[str, list[Path]]:
    """The files of each set, by its name. Raises CommandError for a folder without any."""
    if not given.is_dir():
        return {given.name: [given]}
    sets: dict[str, list[Path]] = {}
    for path in sorted(given.glob("*.tsv"), key=lambda path: ("_test" in path.stem, path.name)):
        whole = path.stem.removesuffix("_train").removesuffix("_test")
        sets.setdefault(whole, []).append(path)
    if not sets:
        raise CommandError(f"{given} holds no .tsv files.")
    return dict(sorted(sets.items()))


def _peak_megabytes() -> float:
    """The most memory that this process has held so far (Linux counts kB, macOS bytes)."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)
