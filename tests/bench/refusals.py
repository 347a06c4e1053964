"""How well the calibrated threshold tells a site's questions from others'.

    python -m tests.bench.refusals DIR… [--queries 300] [--removed 100] [--seed 1]

Each judged set is a site in turn, calibrated from its own documents alone. Asked, as anybody asks:
its own queries, the queries of every other set, and some of its own whose answers are taken out
of the site (with all thresholds from no refusals to many: the curve). Prints shares refused.
"""

from __future__ import annotations

import os
import tempfile
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from search.lookup.evaluation.judged import JudgedSet
    from search.lookup.evaluation.scratch import JudgedLibrary
    from search.lookup.results import Results

#: Points of the curve: shares of the set's own queries that are refused.
LOSSES = (0.0, 0.01, 0.02, 0.05, 0.1, 0.2)


def main() -> None:
    """Set Django up and print the table."""
    parser = ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folders", nargs="+", type=Path, metavar="DIR")
    parser.add_argument("--queries", type=int, default=300, help="of each set, by chance")
    parser.add_argument("--removed", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.development")
    import django

    django.setup()
    from search.engine.embedded_generations import EmbeddedGenerations
    from search.index import tuning
    from search.index.vectors import embedders
    from search.lookup.evaluation.judged import load
    from search.lookup.evaluation.scratch import judged_library

    embedder = embedders.wanted()
    if embedder is None:
        raise SystemExit("There is no embedder: install requirements-semantic.txt.")
    chance = Random(options.seed)
    sets = [load(folder) for folder in options.folders]
    asked = {s.name: chosen(s, options.queries, chance) for s in sets}
    with tempfile.TemporaryDirectory() as folder, tuning.trying(tuning.NOTHING):
        for site in sets:
            generations = EmbeddedGenerations(Path(folder))
            with judged_library(site.documents, generations, embedder) as library:
                report(site, library, asked, options.removed, chance)


def chosen(judged: JudgedSet, number: int, chance: Random) -> dict[str, str]:
    """Some queries of a set, all where it has no more."""
    ids = list(judged.queries)
    return {i: judged.queries[i] for i in chance.sample(ids, min(number, len(ids)))}


def report(
    site: JudgedSet,
    library: JudgedLibrary,
    asked: Mapping[str, Mapping[str, str]],
    removed: int,
    chance: Random,
) -> None:
    """Ask everything, and print what is refused."""
    found = library.calibration
    assert found
    assert found.threshold
    at, across = found.threshold.at, found.threshold.across
    print(f"{site.name}: {at:.3f}, across {across:.3f}, by {len(found.missing)} titles")
    own = [look(library, text) for text in asked[site.name].values()]
    for name, texts in asked.items():
        here = own if name == site.name else [look(library, text) for text in texts.values()]
        by_words = refused([look(library, text, "words") for text in texts.values()])
        print(
            f"  {name} refused {refused(here):.3f} (n {len(here)}); by words alone {by_words:.3f}"
        )
    answers = {library.names[number]: number for number in range(len(library.names))}
    ids = chance.sample(list(site.queries), min(removed, len(site.queries)))
    without = []
    for id_ in ids:
        gone = [answers[d] for d, grade in site.grades[id_].items() if grade > 0]
        library.hidden = lambda _, gone=gone: gone  # type: ignore[assignment, method-assign, misc]
        without.append(look(library, site.queries[id_]))
    library.hidden = lambda _: []  # type: ignore[assignment, method-assign]
    print(f"  answer taken out: refused {refused(without):.3f} (n {len(without)})")
    curve = [
        f"{loss:.0%}: {sum(best(r) < at for r in without) / len(without):.2f}"
        for loss in LOSSES
        for at in [sorted(map(best, own))[int(loss * len(own))]]
    ]
    print("  the same by own questions refused (meaning alone):", ", ".join(curve), flush=True)


def look(library: JudgedLibrary, text: str, mode: str = "both") -> Results:
    """Search as anybody does."""
    from content.audience import Audience
    from search.lookup.evaluation.locales import locale_of
    from search.lookup.query import LONGEST, Query
    from search.lookup.service import search

    query = Query(
        text[:LONGEST],
        Audience.PUBLIC,
        locale_of([text]),
        channel="test",
        mode=mode,  # type: ignore[arg-type]
        signals=False,
    )
    return search(query, library)


def refused(results: Sequence[Results]) -> float:
    """The share without an answer."""
    return sum(not each.answered for each in results) / len(results)


def best(results: Results) -> float:
    """How near the nearest entry comes."""
    shown = (*results.hits, *results.perhaps)
    return max((hit.distinct for hit in shown if hit.distinct is not None), default=0.0)


if __name__ == "__main__":
    main()
