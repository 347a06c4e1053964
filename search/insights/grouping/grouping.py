"""From texts to groups: duplicates apart, neighbours, communities, noise, and the groups of before.

The numbers of groups are steady where the caller tells which groups there were.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from search.text import exact_key

from . import neighbours
from .communities import BY_MEANING, BY_WORDS, communities, graph
from .features import is_solid
from .noise import is_alone, without_small
from .steady import settle

if TYPE_CHECKING:
    from numpy.typing import NDArray

Progress = Callable[[str], None]
#: What a tie by words weighs beside one by meaning.
WORDS_BESIDE_MEANING = 0.3


@dataclass(frozen=True, slots=True)
class Grouping:
    """``groups`` is (n,), -1: no group. ``nearness`` is (n,): the share of a text's ties that stay
    inside its group, times their mean cosine: high in the middle, low at the edge."""

    groups: NDArray[np.int64]
    nearness: NDArray[np.float32]


def group_texts(
    texts: Sequence[str],
    vectors: NDArray[np.float32] | None = None,
    *,
    before: NDArray[np.int64] | None = None,
    fixed: NDArray[np.bool_] | None = None,
    say: Progress = lambda step: None,
) -> Grouping:
    """Group ``texts`` by their words or, where given, by their ``vectors`` (n, dimensions).

    ``before`` (n,) are the groups of earlier, -1: none; ``fixed`` texts keep theirs. ``say`` hears
    what is being done.
    """
    first, copies = _distinct(texts)
    if len(first) < 3:
        kept = np.full(len(texts), -1, np.int64) if before is None else before
        return Grouping(kept, np.zeros(len(texts), np.float32))
    say("neighbours")
    found = neighbours.by_words([texts[i] for i in first])
    edges, resolution = graph(found), BY_WORDS
    if vectors is not None:
        # Texts near by meaning, a little nearer where they share words.
        solid = np.array([is_solid(texts[i]) for i in first], bool)
        found = neighbours.by_meaning(vectors[first], solid)
        # The squares of cosines tell more plainly who is near.
        edges = graph(found).power(2) + WORDS_BESIDE_MEANING * edges.power(2)
        resolution = BY_MEANING
    say("groups")
    fresh = communities(edges, resolution)
    fresh = without_small(np.where(is_alone(found, vectors is not None), -1, fresh))
    if before is not None:
        was = before[first]
        held = fixed[first] if fixed is not None else np.zeros(len(first), bool)
        fresh = settle(edges, fresh, was, held, resolution)
    return Grouping(fresh[copies], _nearness(found, fresh)[copies])


def _distinct(texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The places of the first of each kind, and for each text the kind it is of."""
    kinds: dict[str, int] = {}
    first: list[int] = []
    copies = np.empty(len(texts), np.int64)
    for place, text in enumerate(texts):
        kind = kinds.setdefault(exact_key(text), len(kinds))
        if kind == len(first):
            first.append(place)
        copies[place] = kind
    return np.array(first, np.int64), copies


def _nearness(found: neighbours.Neighbours, groups: NDArray[np.int64]) -> NDArray[np.float32]:
    inside = (groups[found.places] == groups[:, None]) & (groups[:, None] >= 0)
    inside &= found.places >= 0
    return np.asarray((found.cosines * inside).mean(axis=1), np.float32)
