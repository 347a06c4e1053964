"""What a change of tuning does to the searches that people make, by the one service."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass

from django.utils import timezone

from content.audience import Audience
from search.engine.protocol import Engine, EngineDocument
from search.index import generations, tuning
from search.index.generations import State
from search.index.tuning import Tuning
from search.index.tuning.dictionary import concerned
from search.index.tuning.rehearsal import CannotRehearse, rehearsed, rephrased, retold
from search.lookup.library import SITE, Library, SiteLibrary
from search.lookup.query import Query
from search.lookup.results import Results
from search.lookup.service import search

from .asked import Asked, most_asked

#: Searches run before and after, of those that a change can touch at all.
MOST_RUN = 60
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Place:
    """One of the first answers; ``moved`` is "new", "gone", "up", "down" or ""."""

    id: int
    title: str
    locale: str
    moved: str


@dataclass(frozen=True, slots=True)
class Change:
    """A search whose answers become others."""

    asked: Asked
    before: tuple[Place, ...]
    after: tuple[Place, ...]
    answered_before: bool
    answered_after: bool


@dataclass(frozen=True, slots=True)
class Effect:
    """``changes`` among ``looked_at`` top and failed searches, of which ``run`` were run.

    ``articles`` are to be indexed again. ``guess`` says that the order could not be rehearsed with
    them indexed.
    """

    looked_at: int
    run: int
    touched: int
    changes: tuple[Change, ...]
    articles: int = 0
    guess: bool = False


def in_force() -> Tuning:
    """What is in force at this moment."""
    generations.state()
    return tuning.current()


def effect(before: Tuning, after: Tuning, reader: Audience = Audience.INTERNAL) -> Effect:
    """How the answers to the top and the failed searches would change. Records nothing.

    Searches by people who see more than ``reader``, to whom this is shown, are left out.
    """
    asked = [a for a in most_asked() if reader.sees(a.audience)]
    touches = _touches(before, after)
    touched = [a for a in asked if touches(a)]
    words = before.dictionary ^ after.dictionary
    articles = {entry for word in words for entry in concerned(word)}

    def documents() -> list[EngineDocument]:
        return retold(after, articles) if articles else []

    return _compared(len(asked), touched, after, documents, len(articles))


def effect_of_phrasing(
    entry: int, text: str, *, agents_only: bool, own: Asked, reader: Audience
) -> Effect:
    """How the answers would change if ``entry`` had another phrasing; ``own`` is run at any rate.

    Of the others, those are run that have a word of it.
    """
    now = in_force()
    words = {word.token for word in now.analyser.query(text).content}
    asked = [a for a in most_asked() if reader.sees(a.audience)]
    touched = [
        a
        for a in asked
        if (a.text, a.locale, a.audience) != (own.text, own.locale, own.audience)
        and not words.isdisjoint(word.token for word in now.analyser.query(a.text).content)
    ]

    def documents() -> list[EngineDocument]:
        return rephrased(entry, text, agents_only=agents_only)

    return _compared(len(asked), [own, *touched], now, documents, 0)


def _compared(
    looked_at: int,
    touched: Sequence[Asked],
    after: Tuning,
    documents: Callable[[], Sequence[EngineDocument]],
    articles: int,
) -> Effect:
    run = touched[:MOST_RUN]
    were = [_search(a, SITE) for a in run]
    guess = False
    try:
        changed = documents() if run else []
        with rehearsed(changed) if changed else nullcontext(None) as engine:
            now = _tried(after, run, engine)
    except CannotRehearse:
        guess, now = True, _tried(after, run, None)
    pairs = zip(run, were, now, strict=True)
    changes = tuple(c for a, was, will in pairs if (c := change_between(a, was, will)) is not None)
    return Effect(looked_at, len(run), len(touched), changes, articles, guess)


class _Rehearsal(SiteLibrary):
    """The site's entries, found in an index where the change has been made."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def engine(self, state: State) -> Engine:
        return self._engine


def _tried(after: Tuning, run: Iterable[Asked], engine: Engine | None) -> list[Results]:
    library: Library = _Rehearsal(engine) if engine else SITE
    with tuning.trying(after):
        return [_search(a, library) for a in run]


def _search(asked: Asked, library: Library) -> Results:
    query = Query(asked.text, asked.audience, asked.locale, channel="replay", unhurried=True)
    return search(query, library)


def _touches(before: Tuning, after: Tuning) -> Callable[[Asked], bool]:
    """Whether a change can reach a search at all: most cannot, and need not be run."""
    now = timezone.now()
    words = before.dictionary ^ after.dictionary
    divided = [t.text for w in words for a in (before, after) for t in a.analyser.words(w)]
    tokens = frozenset(divided)

    def touches(asked: Asked) -> bool:
        who = (asked.text, asked.locale, asked.audience.level)
        if before.expansions(*who) != after.expansions(*who):
            return True
        if before.pins_for(*who, now) != after.pins_for(*who, now):
            return True
        return bool(tokens) and any(
            token.text in tokens
            for one in (before, after)
            for token in one.analyser.words(asked.text)
        )

    return touches


def change_between(asked: Asked, was: Results, will: Results) -> Change | None:
    """What of the first answers, or of there being one, is another thing then; None for nothing."""
    before, after = [h.id for h in was.hits], [h.id for h in will.hits]
    if before == after and was.answered == will.answered:
        return None
    return Change(
        asked,
        _places(was, after, "gone", "down", "up"),
        _places(will, before, "new", "up", "down"),
        was.answered,
        will.answered,
    )


def _places(results: Results, other: list[int], alone: str, better: str, worse: str) -> tuple:
    places = []
    for place, hit in enumerate(results.hits[:SHOWN]):
        if hit.id not in other:
            moved = alone
        else:
            there = other.index(hit.id)
            moved = "" if there == place else better if place < there else worse
        places.append(Place(hit.id, hit.title, hit.locale, moved))
    return tuple(places)
