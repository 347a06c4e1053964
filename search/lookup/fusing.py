"""The best hits of one language in their order: by words, by meaning, or by both.

Both: the first `UNION` by words and by meaning are weighed together. Words' score
counts as a share of the best one's, the cosine by its place between the nearest's and the
farthest's, as embedders differ in what is far. Words weigh up to `WORDS`, the more the better the
best hit covers the question; meaning weighs the rest.
So an error code is led by its words and a question in another language by its meaning.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from search.engine.protocol import Engine, EngineHit, EngineQuery, EngineResult

from .nearness import Meaning, Nearest, beside_the_best

#: So many of the best by words are looked at: they nearly always hold the first pages.
HEAD = 30
#: So many by words and so many by meaning are weighed together.
UNION = 60
#: What words weigh at most, and the share of the question that must be covered for that.
WORDS, COVERED = 0.3, 0.5
#: Scores that differ by less are equal, on every engine.
_DIGITS = 5


@dataclass(frozen=True, slots=True)
class Order:
    """Hits, best first; what they cover and what they mean. A score by words times ``scale`` is on
    the scale of these."""

    hits: tuple[EngineHit, ...]
    coverage: Mapping[int, float]
    near: Mapping[int, Nearest] = field(default_factory=dict)
    scale: float = 1.0

    def covered(self, pk: int) -> float:
        """The share (0–1) of the question that the hit covers."""
        return self.coverage.get(pk, 0.0)

    def enough(self, pk: int) -> bool | None:
        """Whether the hit is near enough to answer; None where it has no vector (yet)."""
        return self.near[pk].enough if pk in self.near else None


def head_of(asked: EngineQuery, by_meaning: bool) -> EngineQuery:
    """Asks for the best by words, whether they answer or not."""
    covered = asked.coverage.words if asked.coverage else asked.covered
    return replace(
        asked,
        coverage=None,
        limit=UNION if by_meaning else HEAD,
        count=False,
        facets=(),
        covered=covered,
    )


def ordered(engine: Engine, asked: EngineQuery, head: EngineResult, meaning: Meaning) -> Order:
    """The best hits of ``asked``, of which ``head`` are those by words (see `head_of`)."""
    if meaning.near is None:
        return Order(head.hits, head.coverage)
    by_words = {hit.id: hit for hit in head.hits}
    nearest = meaning.near.of(engine, asked.filters, UNION)
    if missing := tuple(by_words.keys() - nearest.keys()):
        these = replace(asked.filters, ids=missing)
        nearest |= meaning.near.of(engine, these, len(missing))
    nearest = beside_the_best(nearest)
    coverage = dict(head.coverage)
    if beyond := tuple(nearest.keys() - by_words.keys()):
        these = replace(asked.filters, ids=beyond)
        more = engine.search(replace(head_of(asked, True), filters=these, limit=len(beyond)))
        by_words |= {hit.id: hit for hit in more.hits}
        coverage |= more.coverage
    return _weighed(by_words, nearest, coverage, 0.0 if meaning.alone else WORDS)


def _weighed(
    by_words: Mapping[int, EngineHit],
    nearest: Mapping[int, Nearest],
    coverage: Mapping[int, float],
    most: float,
) -> Order:
    """All of them by their weighed score, then by id; words weigh ``most`` at most."""
    best = max((hit.score for hit in by_words.values()), default=0.0) or 1.0
    near = _comparable(nearest)
    least = min(near.values(), default=0.0)
    range_ = (max(near.values(), default=0.0) - least) or 1.0
    weight = most * min(1.0, max(coverage.values(), default=0.0) / COVERED)
    hits = []
    for pk in by_words.keys() | nearest.keys():
        words = by_words[pk].score / best if pk in by_words else 0.0
        # What has no vector yet stands where its words put it.
        meaning = (near[pk] - least) / range_ if pk in near else words
        version = (by_words.get(pk) or nearest[pk]).version
        hits.append(EngineHit(pk, version, weight * words + (1 - weight) * meaning))
    hits.sort(key=lambda hit: (-round(hit.score, _DIGITS), hit.id))
    return Order(tuple(hits), coverage, nearest, weight / best)


def _comparable(nearest: Mapping[int, Nearest]) -> dict[int, float]:
    """How near each is, on one scale: entries in several languages are looked for by different
    probes."""
    found = {pk: near.distinct for pk, near in nearest.items() if near.distinct is not None}
    if len(found) < len(nearest):
        return {pk: near.cosine for pk, near in nearest.items()}
    return found
