"""What counting clicks is worth, on judged sets with simulated readers.

``python -m tests.bench.clicks DIR…`` prints nDCG@10 by words alone, and the change by clicks (COEC)
where readers click what is relevant sooner, and where they click anything alike. They see the first
ten in the order of the day, look at place r with probability 1 ÷ r, and click what they look at
with the probabilities of `READERS`. Questions are asked by Zipf's law over `DAYS` days, and clicks
are counted after each: mean and range over `SEEDS` seeds.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import mul
from pathlib import Path
from statistics import fmean
from typing import Any

#: Probabilities of a click on what is looked at: not relevant, relevant.
READERS = {"readers who see": (0.1, 0.6), "readers who do not": (0.3, 0.3)}
DAYS, SEEDS, PLACES = 10, 5, 10
#: Searches for each question of the set, on average.
PEOPLE = (3, 10, 30, 100)
Grades = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Listed:
    """The answers to one query by words: what stands before and behind those that may move."""

    before: tuple[str, ...]
    hits: tuple[Any, ...]
    names: Mapping[int, str]
    behind: tuple[str, ...]

    def order(self, factors: Mapping[int, float]) -> tuple[str, ...]:
        """The first ten, reordered as the service does it."""
        from search.lookup.signals.ordering import reordered

        moved = (self.names[hit.id] for hit in reordered(self.hits, factors))
        return (*self.before, *moved, *self.behind)[:PLACES]


def main(folders: Sequence[Path]) -> None:
    """Print a row for each set and number of searches."""
    from search.lookup.evaluation.judged import load

    print(f"| set | searches a question | by words | {' | '.join(READERS)} |")
    for folder in folders:
        judged = load(folder)
        lists = listed(judged)
        words = _ndcg({id_: one.order({}) for id_, one in lists.items()}, judged.grades)
        for people in PEOPLE:
            cells = []
            for clicks in READERS.values():
                ends = [_end(judged.grades, lists, people, clicks, seed) for seed in range(SEEDS)]
                by = [end - words for end in ends]
                cells.append(f"{fmean(by):+.4f} ({min(by):+.4f} to {max(by):+.4f})")
            print(f"| {judged.name} | {people} | {words:.4f} | {' | '.join(cells)} |", flush=True)


def listed(judged: Any) -> dict[str, Listed]:
    """Each query's answers, by the service without signals."""
    from content.audience import Audience
    from search.engine.embedded_generations import EmbeddedGenerations
    from search.engine.protocol import EngineHit
    from search.index import tuning
    from search.lookup.evaluation.locales import locale_of
    from search.lookup.evaluation.scratch import judged_library
    from search.lookup.query import Query
    from search.lookup.service import search

    locale, lists = locale_of(judged.queries.values()), {}
    with (
        tempfile.TemporaryDirectory() as folder,
        tuning.trying(tuning.NOTHING),
        judged_library(judged.documents, EmbeddedGenerations(Path(folder))) as library,
    ):
        for id_, text in judged.queries.items():
            query = Query(text, Audience.PUBLIC, locale, channel="test", signals=False)
            found = search(query, library)
            lists[id_] = Listed(
                tuple(library.names[hit.id] for hit in found.hits if hit.exact),
                tuple(EngineHit(hit.id, 1, hit.score) for hit in found.hits if not hit.exact),
                {hit.id: library.names[hit.id] for hit in found.hits},
                tuple(library.names[hit.id] for hit in found.perhaps),
            )
    return lists


class Seen:
    """What was shown at which place, and clicked: by (query, document)."""

    def __init__(self) -> None:
        self.shown: defaultdict[tuple[str, str], list[int]] = defaultdict(lambda: [0] * PLACES)
        self.clicks: Counter[tuple[str, str]] = Counter()
        self.places: list[list[int]] = [[0, 0] for _ in range(PLACES)]

    def add(self, id_: str, order: Sequence[str], clicked: set[str]) -> None:
        """One search."""
        for place, name in enumerate(order):
            self.places[place][0] += 1
            self.places[place][1] += name in clicked
            self.shown[id_, name][place] += 1
            self.clicks[id_, name] += name in clicked

    def factors(self, id_: str, names: Mapping[int, str]) -> dict[int, float]:
        """What the scores of one query's hits are multiplied by."""
        from django.conf import settings

        from search.lookup.signals.weighing import Counts, coec, factor

        curve = [clicks / shown if shown else 0.0 for shown, clicks in self.places]
        counts = {
            pk: Counts(self.clicks[id_, name], sum(map(mul, self.shown[id_, name], curve)))
            for pk, name in names.items()
        }
        weights = settings.SEARCH_SIGNALS
        return {pk: factor({"coec": coec(of)}, weights) for pk, of in counts.items()}


def _end(
    grades: Grades,
    lists: Mapping[str, Listed],
    people: int,
    clicks: tuple[float, float],
    seed: int,
) -> float:
    """nDCG@10 after the last day."""
    chance, ids, seen = random.Random(seed), sorted(lists), Seen()
    chance.shuffle(ids)
    share = [1 / place for place in range(1, len(ids) + 1)]
    order = {id_: one.order({}) for id_, one in lists.items()}
    for _ in range(DAYS):
        for id_ in chance.choices(ids, share, k=people * len(ids) // DAYS):
            seen.add(id_, order[id_], _clicked(order[id_], grades[id_], clicks, chance))
        order = {id_: one.order(seen.factors(id_, one.names)) for id_, one in lists.items()}
    return _ndcg(order, grades)


def _clicked(
    order: Sequence[str],
    grades: Mapping[str, int],
    clicks: tuple[float, float],
    chance: random.Random,
) -> set[str]:
    return {
        name
        for rank, name in enumerate(order, 1)
        if chance.random() < clicks[grades.get(name, 0) > 0] / rank
    }


def _ndcg(order: Mapping[str, Sequence[str]], grades: Grades) -> float:
    from search.lookup.evaluation import metrics

    return fmean(metrics.ndcg(each, grades[id_]) for id_, each in order.items())


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.development")
    django.setup()
    main([Path(argument) for argument in sys.argv[1:]])
