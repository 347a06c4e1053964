"""Puts the queries of a judged set to the service and measures what comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, quantiles

from content.audience import Audience
from search.engine.protocol import Generations
from search.index import tuning
from search.lookup.query import LONGEST, Mode, Query
from search.lookup.service import search
from search.meaning.protocol import Embedder

from . import metrics
from .judged import JudgedSet
from .locales import locale_of
from .scratch import Progress, judged_library

DEPTH = 10


@dataclass(frozen=True, slots=True)
class Outcome:
    """The rankings of one set by query, and what each search took in milliseconds."""

    judged: JudgedSet
    rankings: Mapping[str, Sequence[str]]
    took: Sequence[float]

    def mean(self, measure: Callable[[Sequence[str], Mapping[str, int], int], float]) -> float:
        """The mean of a measure over all queries."""
        return fmean(
            measure(ranking, self.judged.grades[id_], DEPTH)
            for id_, ranking in self.rankings.items()
        )

    def line(self) -> str:
        """One line as `evaluate_search` prints it."""
        p50, p95 = percentile(self.took, 50), percentile(self.took, 95)
        return (
            f"{self.judged.name} nDCG@10 {self.mean(metrics.ndcg):.4f}"
            f" MRR@10 {self.mean(metrics.reciprocal_rank):.4f}"
            f" Recall@10 {self.mean(metrics.recall):.4f}"
            f" queries {len(self.rankings)} p50 {p50:.1f} ms p95 {p95:.1f} ms"
        )

    def trec(self, prefix: str = "") -> Iterator[str]:
        """Lines of a TREC run. Programs order by the score, so it falls with the rank."""
        for id_, ranking in self.rankings.items():
            for rank, document in enumerate(ranking, 1):
                score = len(ranking) - rank + 1
                yield f"{prefix}{id_} Q0 {document} {rank} {score} {self.judged.name}"


def run(
    judged: JudgedSet,
    generations: Generations,
    mistype: Callable[[str], str] = lambda text: text,
    progress: Callable[[int], None] = lambda done: None,
    mode: Mode = "words",
    embedder: Embedder | None = None,
    making: Progress = lambda done, total: None,
) -> Outcome:
    """Index the set, ask each of its queries as an anonymous reader, and note the first ten.

    By meaning an ``embedder`` is needed; ``making`` hears how many texts have their vectors.
    """
    locale = locale_of(judged.queries.values())
    rankings: dict[str, list[str]] = {}
    took: list[float] = []
    with (
        tuning.trying(tuning.NOTHING),  # what writers tuned is about other texts
        judged_library(judged.documents, generations, embedder, making) as library,
    ):
        for done, (id_, text) in enumerate(judged.queries.items()):
            query = Query(
                mistype(text)[:LONGEST],
                Audience.PUBLIC,
                locale,
                limit=DEPTH,
                channel="test",
                mode=mode,
                signals=False,
                unhurried=True,
            )
            results = search(query, library)
            found = (*results.hits, *results.perhaps)[:DEPTH]
            rankings[id_] = [library.names[hit.id] for hit in found]
            took.append(results.took_ms)
            progress(done + 1)
    return Outcome(judged, rankings, took)


def percentile(values: Sequence[float], percent: int) -> float:
    """The value that ``percent`` of the values do not pass."""
    return quantiles(values, n=100, method="inclusive")[percent - 1] if values[1:] else values[0]
