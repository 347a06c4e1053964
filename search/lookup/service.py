"""The one search service: understand → retrieve → gate → present, and a record of it."""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import replace

from search.engine.guarded import within
from search.engine.protocol import Engine, EngineFailed, EngineHit, EngineMissing
from search.index import generations
from search.index.generations import State
from search.journeys import recorder
from search.journeys.records import SearchRecord
from search.text import normalise

from .awaiting import patience
from .explain import explanation
from .facets import labelled
from .gate import LiveEntry
from .ladder import Climbed, climb
from .library import SITE, Library, TitleLibrary
from .memory import recall, remember
from .present import present
from .query import MOST, Query
from .results import Results
from .retrieve import Found
from .signals.ordering import explained, ordered

log = logging.getLogger(__name__)

#: How often a page is searched again because the gate refused some of it.
PATIENCE = 3
#: Hits that a record keeps.
RECORDED = 10
#: Seconds that an engine elsewhere has for all of a search before the standby answers; the wait for
#: the question's vector comes on top.
BUDGET = 0.5
_UNRECORDED = frozenset({"replay", "test"})


def search(query: Query, library: Library = SITE) -> Results:
    """Search as ``query.audience``; raises `EngineFailed` where the index cannot be read at all."""
    started = time.perf_counter()
    if not 0 <= query.limit <= MOST or query.offset < 0:
        query = replace(query, limit=max(0, min(query.limit, MOST)), offset=max(0, query.offset))
    found = _answered(query, library) if query.text.strip() else Results(query)
    took_ms = (time.perf_counter() - started) * 1000
    results = replace(found, query=query, query_id=uuid.uuid4().hex, took_ms=took_ms)
    _record(results)
    return results


def _answered(query: Query, library: Library) -> Results:
    """By the index; where that fails or takes too long, by what stands behind it."""
    failure: EngineFailed
    try:
        with within(BUDGET + patience(query) / 1000):
            try:
                return _answer(query, library)
            except EngineMissing:
                # A rebuild may just have switched: the pointer now names another generation.
                generations.forget()
                return _answer(query, library)
    except EngineFailed as error:
        failure = error
    standby = library.standby()
    while standby is not None:
        log.info("Answered by a standby: %s", failure)
        try:
            answer = _search(query, standby, standby.state())
            return replace(
                answer,
                as_of=standby.content_time(),
                titles_only=isinstance(standby, TitleLibrary),
            )
        except EngineFailed as error:
            failure, standby = error, standby.standby()
    raise failure


def _answer(query: Query, library: Library) -> Results:
    kept, state = recall(query) if library is SITE else (None, library.state())
    return kept or _search(query, library, state)


def _search(query: Query, library: Library, state: State) -> Results:
    engine = library.engine(state)
    climbed, entries = _climbed(query, engine, library, state)
    meant, found, meaning = climbed.meant, climbed.found, climbed.meaning
    shown = (*found.hits, *found.weak)
    hits = present(shown, entries, meant.marker(), found, state)
    strong = {hit.id for hit in found.hits}
    fresh = Results(
        query,
        answered=found.total > 0,
        total=found.total,
        listed=found.listed,
        hits=tuple(hit for hit in hits if hit.id in strong),
        perhaps=tuple(hit for hit in hits if hit.id not in strong),
        rescue=climbed.rescue,
        did_you_mean=meant.did_you_mean(query) if shown and not found.exact else "",
        facets=labelled(found.facets, query.locale),
        explanation=(
            explanation(meant, found, meaning, engine, explained(query, found, entries))
            if query.explain
            else None
        ),
    )
    if meaning.absent != "late":
        remember(fresh, {hit.id: entries[hit.id].revision for hit in hits}, state)
    return fresh


def _climbed(
    query: Query, engine: Engine, library: Library, state: State
) -> tuple[Climbed, Mapping[int, LiveEntry]]:
    """What was found and may be shown; searched again without what the gate refuses."""
    unseen = library.hidden(query.audience) if state.changes_wait else []
    for _ in range(PATIENCE):
        climbed = climb(query, engine, library, state, unseen)
        found = climbed.found
        wanted = {hit.id for hit in (*found.hits, *found.weak, *found.window)}
        entries = library.admit(wanted, query.audience) if wanted else {}
        refused = (wanted - entries.keys()) | _twice((*found.hits, *found.weak), entries)
        if not refused:
            found = _verbatim_first(query, ordered(query, found, entries), entries)
            return replace(climbed, found=found), entries
        unseen = [*unseen, *refused]
    hits = tuple(hit for hit in found.hits if hit.id in entries)
    weak = tuple(hit for hit in found.weak if hit.id in entries)
    shown = replace(
        found,
        hits=hits,
        weak=weak,
        total=max(0, found.total - len(refused)),
        listed=max(0, found.listed - len(refused)),
    )
    return replace(climbed, found=shown), entries


def _twice(hits: Iterable[EngineHit], entries: Mapping[int, LiveEntry]) -> set[int]:
    """Translations of what stands before them: an exact title may be of another language."""
    seen: set[str] = set()
    again: set[int] = set()
    for entry in (entries[hit.id] for hit in hits if hit.id in entries):
        (again.add(entry.id) if entry.family in seen else seen.add(entry.family))
    return again


def _verbatim_first(query: Query, found: Found, entries: Mapping[int, LiveEntry]) -> Found:
    """Of exact titles, which leave punctuation aside, the one with the question's own first."""
    if len(found.exact) < 2:
        return found
    asked = normalise(query.text)
    exact = sorted(
        (hit for hit in found.hits if hit.id in found.exact),
        key=lambda hit: (
            entries[hit.id].locale != query.locale,
            -hit.score,
            normalise(entries[hit.id].title) != asked,
        ),
    )
    ordered = iter(exact)
    hits = tuple(next(ordered) if hit.id in found.exact else hit for hit in found.hits)
    return replace(found, hits=hits)


def _record(results: Results) -> None:
    query = results.query
    if query.journey is None or query.channel in _UNRECORDED or query.offset:
        return
    ranked = enumerate(results.hits[:RECORDED], 1)
    recorder.record_search(
        SearchRecord(
            query_id=results.query_id,
            query=query.text,
            locale=query.locale,
            channel=query.channel,
            audience=query.audience.value,
            total=results.total,
            answered=results.answered,
            hits=tuple((hit.id, rank) for rank, hit in ranked),
            journey=query.journey,
            rescue=results.rescue,
            duration_ms=results.took_ms,
            prefix=query.prefix,
        )
    )
