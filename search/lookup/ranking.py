"""One language's hits: the first page by score alone, then all others that answer.

To move or drop hits for the words that they lack costs a good order more than it wins, so among the
first ten the last one that covers the question is where the list ends, not each that does not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from search.engine.protocol import Engine, EngineHit, EngineQuery, EngineResult

#: So many places go by score alone.
FIRST = 10
#: So many of the best are looked at: they nearly always hold the first pages.
HEAD = 30
#: Shares are sums of floats.
_EXACT = 1e-4


@dataclass(frozen=True, slots=True)
class Ranked:
    """``hits`` of one page, of ``listed`` on all pages; ``weak`` stand below the last that answers.

    ``answers`` is the number of those that cover the question, ``coverage`` the share (0–1) that
    each one covers. ``window`` are the first, up to `FIRST`, where the page has any of them.
    """

    hits: tuple[EngineHit, ...] = ()
    weak: tuple[EngineHit, ...] = ()
    listed: int = 0
    answers: int = 0
    coverage: Mapping[int, float] = field(default_factory=dict)
    window: tuple[EngineHit, ...] = ()


def head_of(asked: EngineQuery) -> EngineQuery:
    """Asks for the best, whether they answer or not."""
    covered = asked.coverage.words if asked.coverage else ()
    return replace(asked, coverage=None, limit=HEAD, count=False, facets=(), covered=covered)


def ranked(
    engine: Engine, asked: EngineQuery, covering: int, start: int, end: int, head: EngineResult
) -> Ranked:
    """Hits ``start`` to ``end`` of ``asked``, of which ``covering`` documents answer.

    ``head`` is what the engine says to `head_of`. Only for what lies beyond it the engine is asked
    again, for answers alone.
    """
    assert asked.coverage is not None  # noqa: S101 - the caller's promise
    coverage = dict(head.coverage)
    enough = asked.coverage.minimum - _EXACT
    answers = [hit for hit in head.hits if coverage.get(hit.id, 0.0) >= enough]
    known = {hit.id for hit in answers}
    covering = max(covering, len(answers))
    first = head.hits[:FIRST]
    inside = sum(hit.id in known for hit in first)
    if covering > inside:
        last = len(first)  # more answers follow, so all of these stand above one
    else:
        last = max((place for place, hit in enumerate(first, 1) if hit.id in known), default=0)
    best = (*first[:last], *answers[inside:])
    listed = covering + last - inside
    if min(end, listed) > len(best) and end > start:
        beyond = max(start, last)
        deep = replace(
            asked,
            limit=end - beyond,
            offset=beyond - last + inside,
            count=False,
            facets=(),
            covered=asked.coverage.words,
        )
        more = engine.search(deep)
        coverage |= more.coverage
        hits = (*best[start:last], *more.hits)
    else:
        hits = best[start : max(start, end)]
    weak = tuple(hit for hit in head.hits[last:] if hit.id not in known)
    window = first[:last] if start < min(end, last) else ()
    return Ranked(hits, weak, listed, covering, coverage, window)
