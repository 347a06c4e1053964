"""Measures the search service on judged sets."""

import sys
import tempfile
from argparse import ArgumentParser
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from search.engine.elastic_generations import ElasticGenerations
from search.engine.embedded_generations import EmbeddedGenerations
from search.engine.protocol import EngineFailed, Generations
from search.index import engines
from search.index.vectors import embedders
from search.lookup.evaluation.judged import JudgedSet, NotJudged, load
from search.lookup.evaluation.running import Outcome, run
from search.lookup.evaluation.typos import mistyped
from search.lookup.query import Mode
from search.meaning.protocol import Embedder, EmbedderFailed

ENGINES = ("embedded", "elasticsearch")
#: Seconds: what is measured is what is found.
PATIENCE = 10.0
MODES = ("words", "meaning", "both")


class Command(BaseCommand):
    help = (
        "Put each set (BEIR layout) into a scratch index, ask its queries as an anonymous reader"
        " would, and print one line a set."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folders", nargs="+", metavar="DIR", type=Path)
        parser.add_argument("--engine", choices=ENGINES, default="embedded")
        parser.add_argument("--mode", choices=MODES, default="words")
        parser.add_argument("--typos", type=int, metavar="SEED", help="one typing error a query")
        parser.add_argument("--run", type=Path, metavar="FILE", help="write a TREC run")

    def handle(self, *, folders: list[Path], engine: str, mode: Mode, **options) -> None:
        embedder = None if mode == "words" else embedder_for(mode)
        mistype = (
            (lambda text: text)
            if options["typos"] is None
            else partial(mistyped, seed=options["typos"])
        )
        try:
            sets = [load(folder) for folder in folders]
        except NotJudged as error:
            raise CommandError(f"{error} Nothing was measured.") from error
        for judged in sets:
            if lacking := judged.lacking:
                self.stderr.write(
                    f"{judged.name}: {len(lacking)} documents are judged relevant and are not in"
                    f" corpus.jsonl ({lacking[0]} first); they count as not found."
                )
        outcomes = []
        with ExitStack() as stack:
            generations = scratch_generations(engine, stack)
            for judged in sets:
                try:
                    outcome = run(
                        judged,
                        generations,
                        mistype,
                        partial(self.progress, judged, len(judged.queries)),
                        mode,
                        embedder,
                        partial(self.made, judged),
                    )
                except EngineFailed as error:
                    raise CommandError(f"The engine failed: {error}") from error
                except EmbedderFailed as error:
                    raise CommandError(f"The embedder failed: {error}") from error
                self.stdout.write(outcome.line())
                outcomes.append(outcome)
        if options["run"]:
            self.write_run(options["run"], outcomes)

    def made(self, judged: JudgedSet, done: int, total: int) -> None:
        self.progress(judged, total, done, " vectors")

    def progress(self, judged: JudgedSet, total: int, done: int, what: str = "") -> None:
        if sys.stderr.isatty() and (done % 50 == 0 or done == total or what):
            end = "\n" if done == total else ""
            self.stderr.write(f"\r{judged.name}{what} {done}/{total}", ending=end)

    def write_run(self, path: Path, outcomes: list[Outcome]) -> None:
        """One run for all sets; the ids of queries carry their set's name where there are more."""
        several = len(outcomes) > 1
        lines = [line for o in outcomes for line in o.trec(f"{o.judged.name}/" if several else "")]
        try:
            path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
        except OSError as error:
            raise CommandError(f"The run could not be written to {path}: {error}") from error


def embedder_for(mode: str) -> Embedder:
    """The one that the settings name."""
    if embedder := embedders.wanted():
        return embedder
    raise CommandError(
        f"--mode {mode} needs an embedder: install requirements-semantic.txt, or set EMBEDDINGS."
    )


def scratch_generations(engine: str, stack: ExitStack) -> Generations:
    """Where scratch indexes of this engine are made; gone with ``stack``."""
    if engine == "embedded":
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="evaluate-search-"))
        return EmbeddedGenerations(Path(folder))
    if not settings.ELASTICSEARCH_URL:
        raise CommandError("ELASTICSEARCH_URL does not say where Elasticsearch is.")
    return ElasticGenerations(
        engines.cluster(prefix=f"{settings.ELASTICSEARCH_PREFIX}-scratch", search_timeout=PATIENCE)
    )
