"""What publishing a draft does to the searches that people make, by the one service.

The draft is put into a copy of the index, where it is found as it will be: with the index's own
statistics, words and vectors, behind the gate, with pins, signals and translations.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from content.audience import Audience
from content.models import Entry
from search.engine.protocol import Engine, EngineDocument
from search.index import generations, standby
from search.index.documents import as_published, build
from search.index.generations import State
from search.index.models import IndexedDocument
from search.index.tuning.rehearsal import rehearsed
from search.index.vectors import query_vector
from search.lookup import gate
from search.lookup.answered.kept import thresholds
from search.lookup.gate import LiveEntry
from search.lookup.library import SITE, STANDBY, Library, SiteLibrary
from search.lookup.nearness import Nearness, language_of
from search.lookup.query import Mode, Query
from search.lookup.ranking import FIRST
from search.lookup.results import Results
from search.lookup.service import search

from .asked import Asked
from .effect import Change, Place, change_between
from .reaching import Shares, Standing, reached

if TYPE_CHECKING:
    from search.meaning.protocol import Vectors

#: Above the version of any document that there is.
_NEWEST = 2**53
#: Milliseconds that a question's vector may take; who looks at an effect waits longer than who
#: searches.
_VECTOR_MS = 300


@dataclass(frozen=True, slots=True)
class Moved:
    """A search whose first ten the entry enters, leaves, or moves in.

    ``before`` and ``after`` are its places (from 1), 0 where it is not there. ``displaced`` are
    the entries that stand below it then and did not before, and those no longer there.
    """

    change: Change
    before: int
    after: int
    displaced: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """Of ``looked_at`` searches ``run`` could change and were run, ``unrun`` could and were not:
    time was up. ``by_words`` of those run were compared by words alone, as their meaning was not
    there in time. ``places`` has the entry's place then in each search that was decided."""

    looked_at: int
    run: int
    unrun: int
    by_words: int
    moved: tuple[Moved, ...]
    places: Mapping[Asked, int]


class AsIfPublished:
    """The site as it is, and as it would be with the draft live."""

    def __init__(self, draft: Entry, before: Library, now: Standing, then: Standing) -> None:
        self.draft = draft
        self._before = before
        self._after = _Published(draft, then.engine)
        self._now, self._then = now, then

    @property
    def by_meaning(self) -> bool:
        """Whether meaning orders the answers too."""
        return bool(generations.state().model)

    def shares(self, keys: Iterable[str]) -> Shares:
        """How much of questions it covers at most, now or then, for those who see most."""
        return Shares((self._then, self._now), Audience.INTERNAL.level, keys)

    def effect(self, asked: Collection[Asked], seconds: float) -> Effect:
        """Run what can change, in the order given, for so many ``seconds``. Records nothing."""
        until = time.monotonic() + seconds
        state = generations.state()
        run = unrun = by_words = 0
        moved: list[Moved] = []
        places: dict[Asked, int] = {}
        for each in asked:
            if not any(s.is_read_at(each.audience.level) for s in (self._then, self._now)):
                places[each] = 0
                continue
            if time.monotonic() > until:
                unrun += 1
                continue
            vector = query_vector(each.text, state.model, _VECTOR_MS) if state.model else None
            if not self._reaches(each, state, vector):
                places[each] = 0
                continue
            run += 1
            by_words += bool(state.model and vector is None)
            found, places[each] = self._compared(each, vector)
            moved += [found] if found else []
        return Effect(len(asked), run, unrun, by_words, tuple(moved), places)

    def _reaches(self, asked: Asked, state: State, vector: Vectors | None) -> bool:
        near = None
        if vector is not None:
            near = _nearness(asked.text, vector, state)
        return any(reached(asked, self.draft.pk, s, near) for s in (self._then, self._now))

    def _compared(self, asked: Asked, vector: Vectors | None) -> tuple[Moved | None, int]:
        mode: Mode = "both" if vector is not None else "words"
        query = Query(
            asked.text, asked.audience, asked.locale, channel="replay", mode=mode, unhurried=True
        )
        will = search(query, self._after)
        after = _place(will, self.draft.pk)
        if not after and self._now.document is None:
            return None, 0
        was = search(query, self._before)
        before = _place(was, self.draft.pk)
        change = change_between(asked, was, will)
        if not (before or after) or change is None:
            return None, after
        return Moved(change, before, after, _displaced(was, will, self.draft.pk)), after


def _place(results: Results, pk: int) -> int:
    return next((n for n, hit in enumerate(results.hits[:FIRST], 1) if hit.id == pk), 0)


def _displaced(was: Results, will: Results, pk: int) -> tuple[Place, ...]:
    before = [hit for hit in was.hits[:FIRST] if hit.id != pk]
    after = {hit.id: n for n, hit in enumerate(will.hits[:FIRST], 1)}
    places = {hit.id: n for n, hit in enumerate(was.hits[:FIRST], 1)}
    return tuple(
        Place(hit.id, hit.title, hit.locale, "down" if hit.id in after else "gone")
        for hit in before
        if after.get(hit.id, FIRST + 1) > places[hit.id]
    )


class _Published(SiteLibrary):
    """The site's entries and the draft, found in an index that has it."""

    def __init__(self, draft: Entry, engine: Engine) -> None:
        self._draft, self._engine = draft, engine
        self._entry = cache(lambda audience: gate.as_published(draft, audience))

    def state(self) -> State:
        """A tuning of its own: no answer is remembered for others."""
        return replace(super().state(), tuning=-1)

    def engine(self, state: State) -> Engine:
        """The copy."""
        return self._engine

    def hidden(self, audience: Audience) -> list[int]:
        """The draft is not late."""
        return [pk for pk in super().hidden(audience) if pk != self._draft.pk]

    def admit(self, ids: Collection[int], audience: Audience) -> Mapping[int, LiveEntry]:
        """The live ones, and the draft for those who will see it."""
        others = [pk for pk in ids if pk != self._draft.pk]
        admitted = dict(super().admit(others, audience)) if others else {}
        if self._draft.pk in ids and (entry := self._entry(audience)):
            admitted[entry.id] = entry
        return admitted

    def translated(self, ids: Collection[int], audience: Audience, locale: str) -> dict[int, int]:
        """The draft, too, where it is one."""
        ids = list(ids)
        found = super().translated(ids, audience, locale)
        entry = self._entry(audience) if locale == self._draft.locale.language_code else None
        if entry:
            family = IndexedDocument.objects.filter(pk__in=ids, family=entry.family)
            found |= dict.fromkeys(family.values_list("pk", flat=True), entry.id)
        return found


def _nearness(text: str, vector: Vectors, state: State) -> Nearness:
    return Nearness(vector, language_of(text), state.model, thresholds(state.model))


@contextmanager
def as_if_published(draft: Entry) -> Iterator[AsIfPublished]:
    """The site with ``draft``, an entry as it was last saved; gone afterwards.

    Raises `CannotRehearse` where there is no index here that could be copied.
    """
    state = generations.state()
    versions = dict(IndexedDocument.objects.filter(pk=draft.pk).values_list("pk", "version"))
    built = as_published(draft, _NEWEST, state.model)
    live: EngineDocument | None = next((each.document for each in build(versions)), None)
    before = STANDBY if standby.is_wanted() else SITE
    with rehearsed(built) as engine:
        now = Standing(before.engine(state), live)
        yield AsIfPublished(draft, before, now, Standing(engine, built[0]))
