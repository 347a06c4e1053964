"""Which keystrokes are one search, and which searches are one intent.

Keystrokes: while typing, a text that extends or changes the former within three seconds replaces
it; a submitted search absorbs its own keystrokes for half a minute. Intents: the same person
within ten minutes with a content word in common, or within two minutes of an unsuccessful search.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

from rapidfuzz.distance import Levenshtein

from search.text import normalise

TYPING = timedelta(seconds=3)
SUBMITTING = timedelta(seconds=30)
SAME_WORDS = timedelta(minutes=10)
AFTER_FAILURE = timedelta(minutes=2)
#: As-you-type on the site and the search submitted there are one channel.
_FAMILY = {"suggest": "site"}


class Previous(Protocol):
    """The search that came before; a row of Search fits."""

    query: str
    key: str
    channel: str
    clicks: int
    settled: bool
    updated: datetime

    @property
    def unsuccessful(self) -> bool: ...


def related(one: str, other: str) -> bool:
    """Whether one text is the other with more, fewer or some other characters."""
    first, second = normalise(one), normalise(other)
    if first.startswith(second) or second.startswith(first):
        return True
    return Levenshtein.normalized_similarity(first, second) >= 0.6


def continues(last: Previous, query: str, channel: str, typing: bool, at: datetime) -> bool:
    """Whether this search is what ``last``, which was still being typed, has become."""
    if (
        last.settled
        or last.clicks
        or _FAMILY.get(last.channel, last.channel) != _FAMILY.get(channel, channel)
    ):
        return False
    return abs(at - last.updated) <= (TYPING if typing else SUBMITTING) and related(
        last.query, query
    )


def repeats(last: Previous, query: str, channel: str, typing: bool, at: datetime) -> bool:
    """Whether these are late keystrokes of a search already submitted or settled."""
    same = _FAMILY.get(last.channel, last.channel) == _FAMILY.get(channel, channel)
    late = typing and same and abs(at - last.updated) <= TYPING
    return late and normalise(last.query).startswith(normalise(query))


def same_intent(last: Previous, key: str, at: datetime) -> bool:
    """Whether this search is another attempt at what ``last`` was after."""
    passed = at - last.updated
    if passed <= AFTER_FAILURE and last.unsuccessful:
        return True
    return passed <= SAME_WORDS and not set(key.split()).isdisjoint(last.key.split())
