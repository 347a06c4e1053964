"""Reorders the first hits by score × signals: never those in other places, never another set.

The window is the first ten by score in the reader's language (`ranking`), whatever the page shows
of it. Pins, exact titles and phrasings, other languages and "Perhaps" stand where they stood.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.utils import timezone

from search.engine.protocol import EngineHit
from search.lookup.gate import LiveEntry
from search.lookup.query import Query
from search.lookup.retrieve import Found

from .observed import observed, question_hash
from .weighing import NOTHING, Signal, age, coec, confidence, effects, factor, share, verification

#: Scores that differ by less are equal, on every engine.
_DIGITS = 4


def ordered(query: Query, found: Found, entries: Mapping[int, LiveEntry]) -> Found:
    """``found`` with the window in its new order; ``entries`` has all of the window."""
    start, end = found.window_at, found.window_at + len(found.window)
    if len(found.window) < 2:
        return found
    factors = factors_of(query, [entries[hit.id] for hit in found.window])
    window = reordered(found.window, factors)
    hits = tuple(
        window[place - start] if start <= place < end else hit
        for place, hit in enumerate(found.hits, query.offset)
    )
    return replace(found, hits=hits)


def reordered(hits: Sequence[EngineHit], factors: Mapping[int, float]) -> tuple[EngineHit, ...]:
    """By score × factor; what is equal stands as it stood, and all does where all factors are 1."""
    if all(factors.get(hit.id, 1.0) == 1 for hit in hits):
        return tuple(hits)
    moved = (EngineHit(h.id, h.version, h.score * factors.get(h.id, 1.0)) for h in hits)
    return tuple(sorted(moved, key=lambda hit: -round(hit.score, _DIGITS)))


def factors_of(query: Query, entries: Sequence[LiveEntry]) -> dict[int, float]:
    """What each entry's score is multiplied by, for this question."""
    weights = settings.SEARCH_SIGNALS
    if not query.signals or not weights.get("bound"):
        return {}
    return {pk: factor(signals, weights) for pk, signals in signals_of(query, entries).items()}


def explained(
    query: Query, found: Found, entries: Mapping[int, LiveEntry]
) -> dict[int, dict[str, Any]]:
    """What `explain` shows of each hit: all signals, and the factor where they moved it."""
    weights = settings.SEARCH_SIGNALS
    shown = [entries[hit.id] for hit in (*found.hits, *found.weak) if hit.id in entries]
    window = {hit.id for hit in found.window} if len(found.window) > 1 else set()
    factors = factors_of(query, [entry for entry in shown if entry.id in window])
    return {
        pk: {
            "signals": {
                name: {
                    "value": _shown(signal.value),
                    "n": round(signal.n, 1),
                    "strength": round(signal.strength, 3),
                    "weight": weights.get(name, 0.0),
                    "effect": round(effect, 4),
                }
                for (name, signal), effect in zip(
                    signals.items(), effects(signals, weights).values(), strict=True
                )
            },
            "factor": round(factors.get(pk, 1.0), 4),
        }
        for pk, signals in signals_of(query, shown).items()
    }


def signals_of(query: Query, entries: Sequence[LiveEntry]) -> dict[int, dict[str, Signal]]:
    """All signals of each entry, switched on or not."""
    seen, now = observed(), timezone.now()
    today, level = timezone.localdate(now), query.audience.level
    counts = seen.customers if level else seen.public
    question = question_hash(query.text) if counts else 0
    signals = {}
    for entry in entries:
        asked = counts.get((question, entry.id), NOTHING) if question else NOTHING
        said = counts.get((0, entry.id), NOTHING)
        signals[entry.id] = {
            "coec": coec(asked),
            "votes": share(said.helpful, said.unhelpful, seen.helpful),
            "solved": share(said.solved, said.unsolved, seen.solved),
            "confidence": confidence(entry.confidence),
            "verification": verification(entry.verified, entry.verify_by, today),
            "age": age(entry.updated, seen.half_life(entry.path), now),
        }
    return signals


def _shown(value: float | str | None) -> float | str | None:
    return round(value, 3) if isinstance(value, float) else value
