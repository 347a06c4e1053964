"""Joins the gaps that mean the same, in the worker: those that are new, and by night all of them.

Only gaps that nobody is at work on are joined, at most one other with them; what people hold apart
stays apart, and what they have joined stays joined. Without an embedder only what is the same word
for word in the other language is joined.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from search.index.vectors import embedders
from search.insights.models import Gap, State
from search.lookup.answered.common import reference_vectors
from search.meaning.protocol import Embedder, EmbedderFailed

from . import linked, sides, vectors
from .likeness import Likeness
from .moving import CannotJoinError, apart, join, separate, sweep

log = logging.getLogger(__name__)
#: Wordings that are compared; those that most people have used.
MOST = 10_000
LANGUAGES = ("en", "zh")


def join_new() -> int:
    """Compare the gaps that are new since the last run with all; returns how many were joined."""
    return _run(anew=False)


def join_all() -> int:
    """Compare all with all: meanwhile some were finished, opened again, or given back."""
    return _run(anew=True)


def _run(*, anew: bool) -> int:
    sweep()
    anew = bool(separate()) or anew
    embedder = embedders.wanted()
    gaps = _compared()
    if embedder is None:
        return _joined(linked.of(gaps), gaps)
    try:
        made = vectors.make(embedder, gaps)
        return _join(embedder, gaps) if made or anew else 0
    except EmbedderFailed as failure:
        log.warning("Gaps are not joined now: %s", failure)
        return 0


def _compared() -> list[Gap]:
    """Unfinished gaps that have searches, and those joined into them."""
    open_gaps = Gap.objects.filter(
        joined_into=None, state__in=(State.OPEN, State.IN_WORK), people__gt=0
    ).order_by("-people", "pk")[:MOST]
    leading = list(open_gaps)
    joined = Gap.objects.filter(joined_into__isnull=False, language__in=LANGUAGES)
    found = {gap.pk for gap in leading}
    parts = [gap for gap in joined.order_by("pk").iterator() if gap.joined_into_id in found]
    return [*(gap for gap in leading if gap.language in LANGUAGES), *parts]


class Alike(Protocol):
    """Which wordings mean the same, by their places."""

    def pairs(self) -> list[tuple[int, int]]:
        """Those that do, the surest first."""
        ...

    def excess(self, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> NDArray[Any]:
        """(rows, columns) below 0 where two do not."""
        ...


@dataclass(slots=True)
class Group:
    """A gap of the queue with the places of the wordings that are in it."""

    gap: Gap
    places: list[int] = field(default_factory=list)
    readers: bool = False

    @property
    def is_worked_on(self) -> bool:
        """Whether somebody has begun with it."""
        gap = self.gap
        return bool(gap.owner_id or gap.entry_id or gap.due) or gap.state != State.OPEN


def _join(embedder: Embedder, gaps: Sequence[Gap]) -> int:
    gaps, made = vectors.kept(embedder, gaps)
    if len(gaps) < 2:
        return 0
    references = reference_vectors(embedder)
    likeness = Likeness(
        made,
        np.array([LANGUAGES.index(gap.language) for gap in gaps]),
        [gap.key.split() for gap in gaps],
        [references[language] for language in LANGUAGES],
    )
    return _joined(likeness, gaps)


def _joined(likeness: Alike, gaps: Sequence[Gap]) -> int:
    number = 0
    for target, other in merges(likeness, _groups(gaps), [gap.pk for gap in gaps], apart()):
        try:
            join(target, other)
        except CannotJoinError:  # somebody has been at it meanwhile
            continue
        number += 1
    return number


def _groups(gaps: Sequence[Gap]) -> list[Group]:
    """The group of each wording, by place; a gap whose own words are left out has none itself."""
    readers = sides.met_by_readers()
    leading = {gap.pk: gap for gap in gaps if gap.joined_into_id is None}
    missing = {gap.joined_into_id for gap in gaps} - {None} - leading.keys()
    leading |= Gap.objects.in_bulk(missing)
    groups = {pk: Group(gap) for pk, gap in leading.items()}
    placed = []
    for place, gap in enumerate(gaps):
        group = groups[gap.joined_into_id or gap.pk]
        group.places.append(place)
        group.readers |= gap.pk in readers
        placed.append(group)
    return placed


def merges(
    likeness: Alike, placed: list[Group], numbers: Sequence[int], held: set[tuple[int, int]]
) -> Iterator[tuple[Gap, Gap]]:
    """Gaps to join, as (into which, which): on the mean all their wordings must be alike.

    ``placed`` is the group of each wording, ``numbers`` the gap of its own words; pairs of those in
    ``held`` (the lower first) are not brought together.
    """
    for one, other in likeness.pairs():
        first, second = placed[one], placed[other]
        if first is second or first.readers != second.readers:
            continue
        if first.is_worked_on and second.is_worked_on:
            continue
        pairs = product(first.places, second.places)
        if held and any(tuple(sorted((numbers[a], numbers[b]))) in held for a, b in pairs):
            continue
        if likeness.excess(np.array(first.places), np.array(second.places)).mean() < 0:
            continue
        target, taken = sorted((first, second), key=lambda g: (not g.is_worked_on, g.gap.pk))
        for place in taken.places:
            placed[place] = target
        target.places += taken.places
        yield target.gap, taken.gap
