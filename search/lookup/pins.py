"""Entries that a writer has pinned to the question stand first, for those who may see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils import timezone

from content.models import Entry
from search.engine.protocol import (
    CoveredWord,
    Engine,
    EngineHit,
    EngineQuery,
    EngineResult,
    Filters,
)
from search.index import tuning

from .query import Query

#: Pinned entries that one question may have.
MOST = 20
NONE = EngineResult((), 0, {})


@dataclass(frozen=True, slots=True)
class Pinned:
    """What stands first, counted like any answer, and by which pin each of the entries does."""

    result: EngineResult = NONE
    pins: Mapping[int, int] | None = None

    @property
    def hits(self) -> tuple[EngineHit, ...]:
        """In the order of the pins."""
        return self.result.hits


def pinned(
    query: Query,
    engine: Engine,
    languages: tuple[Filters, Filters],
    facets: tuple[str, ...],
    words: tuple[CoveredWord, ...],
) -> Pinned:
    """The pinned entries that pass the filters of either language, no reader's but his own.

    Asks neither the engine nor the database where no pin meets the question.
    """
    rules = tuning.current().pins_for(
        query.text, query.locale, query.audience.level, timezone.now()
    )
    if not rules:
        return Pinned()
    by = {entry: rule.id for rule in reversed(rules) for entry in rule.entries}
    order = list(dict.fromkeys(entry for rule in rules for entry in rule.entries))[:MOST]
    readers = _in_language(order, query.locale)
    wanted = {readers.get(entry, entry): by[entry] for entry in reversed(order)}
    places = {readers.get(entry, entry): n for n, entry in reversed(list(enumerate(order)))}
    parts = [
        engine.search(
            EngineQuery(
                filters=replace(part, ids=tuple(wanted)), limit=MOST, facets=facets, covered=words
            )
        )
        for part in languages
    ]
    hits = sorted((hit for part in parts for hit in part.hits), key=lambda h: places[h.id])
    counts = {name: _summed([part.facets.get(name, {}) for part in parts]) for name in facets}
    coverage = {id_: share for part in parts for id_, share in part.coverage.items()}
    return Pinned(EngineResult(tuple(hits), len(hits), counts, coverage), wanted)


def _in_language(entries: Sequence[int], locale: str) -> dict[int, int]:
    """The translation of each entry into ``locale``, where there is one: two queries."""
    family = Entry.objects.filter(pk__in=entries).values_list("pk", "translation_key")
    there = Entry.objects.filter(locale__language_code=locale).values_list("translation_key", "pk")
    keys = dict(family)
    translated = dict(there.filter(translation_key__in=list(keys.values())))
    return {pk: translated[key] for pk, key in keys.items() if key in translated}


def _summed(counts: Sequence[Mapping[str, int]]) -> dict[str, int]:
    total: dict[str, int] = {}
    for part in counts:
        for value, number in part.items():
            total[value] = total.get(value, 0) + number
    return total
