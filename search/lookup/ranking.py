"""One language's hits: the first page by score alone, then all others that answer.

To move or drop hits for the words that they lack costs a good order more than it wins, so among the
first ten the last one that answers is where the list ends, not each that does not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from search.engine.protocol import Engine, EngineHit, EngineQuery

from .bar import Bar
from .fusing import Order
from .nearness import Nearest

#: So many places go by score alone.
FIRST = 10


@dataclass(frozen=True, slots=True)
class Ranked:
    """``hits`` of one page, of ``listed`` on all pages; ``weak`` stand below the last that answers.

    ``answers`` is the number of those that answer, ``answering`` are those of them that are known,
    ``meant`` those that their meaning alone lets answer; ``coverage`` is the share (0–1) that each
    hit covers, ``near`` what is known of its meaning. ``window`` are the first, up to `FIRST`,
    where the page has any of them.
    """

    hits: tuple[EngineHit, ...] = ()
    weak: tuple[EngineHit, ...] = ()
    listed: int = 0
    answers: int = 0
    answering: frozenset[int] = frozenset()
    meant: frozenset[int] = frozenset()
    coverage: Mapping[int, float] = field(default_factory=dict)
    near: Mapping[int, Nearest] = field(default_factory=dict)
    window: tuple[EngineHit, ...] = ()


def ranked(
    engine: Engine, asked: EngineQuery, covering: int, start: int, end: int, order: Order, bar: Bar
) -> Ranked:
    """Hits ``start`` to ``end`` of ``asked``, of which ``covering`` documents answer by words.

    ``order`` has the best of them. Only for what lies beyond these the engine is asked again, for
    answers by words alone.
    """
    answers = [hit for hit in order.hits if bar.met(order.covered(hit.id), order.enough(hit.id))]
    known = {hit.id for hit in answers}
    meant = frozenset(pk for pk in known if not bar.covers(order.covered(pk)))
    covering = max(covering, len(known) - len(meant))
    number = covering + len(meant)
    first = order.hits[:FIRST]
    inside = sum(hit.id in known for hit in first)
    if number > inside:
        last = len(first)  # more answers follow, so all of these stand above one
    else:
        last = max((place for place, hit in enumerate(first, 1) if hit.id in known), default=0)
    best = (*first[:last], *answers[inside:])
    listed = number + last - inside
    hits, coverage = best[start : max(start, end)], order.coverage
    if min(end, listed) > len(best) and end > start:
        beyond = max(start, len(best))
        held = tuple(hit.id for hit in order.hits)
        deep = replace(
            asked,
            filters=replace(asked.filters, not_ids=(*asked.filters.not_ids, *held)),
            limit=end - beyond,
            offset=beyond - len(best),
            count=False,
            facets=(),
            covered=asked.coverage.words if asked.coverage else (),
        )
        more = engine.search(deep)
        coverage = {**coverage, **more.coverage}
        hits = (*hits, *(hit._replace(score=hit.score * order.scale) for hit in more.hits))
        known |= {hit.id for hit in more.hits}
    weak = tuple(hit for hit in order.hits[last:] if hit.id not in known)
    window = first[:last] if start < min(end, last) else ()
    answering = frozenset(known)
    return Ranked(hits, weak, listed, number, answering, meant, coverage, order.near, window)
