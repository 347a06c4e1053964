"""Where a search looks: an index, and the entries that its ids name.

The site's own for everybody; a judged set's for `evaluate_search`, which has no pages.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.utils import timezone

from content.audience import Audience
from search.engine.protocol import Engine
from search.index import generations, standby
from search.index.generations import State
from search.index.titles import TitleEngine
from search.index.vectors import expect_vector, query_vector

from . import gate, glossary
from .answered.kept import thresholds
from .gate import LiveEntry
from .glossary import Glossary
from .nearness import Meaning, Nearness, language_of


class Library(Protocol):
    """An index and what the gate knows of its entries."""

    def state(self) -> State:
        """The generation in use; answers are remembered where no changes wait."""
        ...

    def engine(self, state: State) -> Engine:
        """The index; raises `EngineFailed` where it cannot be read."""
        ...

    def standby(self) -> Library | None:
        """What answers while the index cannot be read; None where there is nothing else."""
        ...

    def content_time(self) -> datetime | None:
        """Up to which moment it has everything; None where that is now."""
        ...

    def hidden(self, audience: Audience) -> list[int]:
        """Ids that the index still has and ``audience`` may not see any more."""
        ...

    def admit(self, ids: Collection[int], audience: Audience) -> Mapping[int, LiveEntry]:
        """Those of the entries that ``audience`` may see now."""
        ...

    def expect(self, text: str, state: State) -> bool:
        """Begin with what `meaning` will be asked for; returns whether it is under way."""
        ...

    def meaning(self, text: str, state: State, patience_ms: float) -> Meaning:
        """The vector of a question by ``state.model``, where it is there in time."""
        ...

    def glossary(self, audience: Audience, locale: str) -> Glossary:
        """What words of ``locale`` are in the other languages."""
        ...

    def translated(self, ids: Collection[int], audience: Audience, locale: str) -> dict[int, int]:
        """Each entry, or the translation of it that a reader of ``locale`` is likelier to read."""
        ...


class SiteLibrary:
    """The pages of this site, behind the gate."""

    def state(self) -> State:
        """One query."""
        return generations.state()

    def engine(self, state: State) -> Engine:
        """Opened once in a process."""
        if standby.is_wanted():
            standby.start()
        return generations.reading(state.name)

    def standby(self) -> Library | None:
        """This node's own copy of an index that is elsewhere, else the titles."""
        return STANDBY if standby.is_wanted() else TITLES

    def content_time(self) -> datetime | None:
        """The outbox is short."""
        return None

    def hidden(self, audience: Audience) -> list[int]:
        """One query."""
        return gate.hidden(audience)

    def admit(self, ids: Collection[int], audience: Audience) -> Mapping[int, LiveEntry]:
        """One query, or a few where texts are not remembered."""
        return gate.admit(ids, audience)

    def expect(self, text: str, state: State) -> bool:
        """Another thread is at it; nothing is begun where nobody waits."""
        return settings.SEARCH_MEANING_WAIT_MS > 0 and expect_vector(text, state.model)

    def meaning(self, text: str, state: State, patience_ms: float) -> Meaning:
        """A query every ten seconds for the thresholds."""
        started = time.perf_counter()
        vector = query_vector(text, state.model, patience_ms)
        took = (time.perf_counter() - started) * 1000
        if vector is None:
            return Meaning(absent="late", took_ms=took)
        near = Nearness(vector, language_of(text), state.model, thresholds(state.model))
        return Meaning(near, took_ms=took)

    def glossary(self, audience: Audience, locale: str) -> Glossary:
        """Learned from titles, every ten minutes at most."""
        return glossary.glossary(audience, locale)

    def translated(self, ids: Collection[int], audience: Audience, locale: str) -> dict[int, int]:
        """Two queries."""
        return glossary.translated(ids, audience, locale)


class StandbyLibrary(SiteLibrary):
    """The same pages, found by this node's own copy of the index."""

    def state(self) -> State:
        """Answers from here are not remembered."""
        return replace(generations.state(), changes_wait=True)

    def engine(self, state: State) -> Engine:
        """Filled from the database where it was missing; raises `EngineMissing` until then."""
        return standby.engine()

    def standby(self) -> Library | None:
        """The titles."""
        return TITLES

    def content_time(self) -> datetime | None:
        """One query."""
        return standby.content_time()

    def hidden(self, audience: Audience) -> list[int]:
        """Two queries: the copy may have heard of less than the engine has."""
        return [*super().hidden(audience), *gate.closed(standby.waiting(), audience)]


class TitleLibrary(StandbyLibrary):
    """The same pages, found by their titles in the database, where there is no index at all."""

    def engine(self, state: State) -> Engine:
        """Always there."""
        return TitleEngine()

    def standby(self) -> Library | None:
        """Nothing stands behind it."""
        return None

    def content_time(self) -> datetime | None:
        """Now."""
        return timezone.now()

    def hidden(self, audience: Audience) -> list[int]:
        """Nothing is late."""
        return []


SITE = SiteLibrary()
STANDBY = StandbyLibrary()
TITLES = TitleLibrary()
