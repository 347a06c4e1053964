"""The steps that a search takes, one after another, until it is answered (`docs/search.md`)."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.conf import settings

from search.engine.protocol import Engine, EngineHit
from search.index.generations import State
from search.text.spelling import Correction, rewritten

from .awaiting import Awaited, patience
from .library import Library
from .nearness import Meaning
from .once import once
from .query import Query
from .rescue import LANGUAGE, farthest
from .retrieve import FEW, Found, retrieve
from .understand import Understanding, understand, widened, worded


@dataclass(frozen=True, slots=True)
class Climbed:
    """How the question was understood last, what that found, and the step that helped."""

    meant: Understanding
    found: Found
    rescue: str
    meaning: Meaning


def climb(
    query: Query, engine: Engine, library: Library, state: State, unseen: Iterable[int]
) -> Climbed:
    """As typed, with what unknown words may mean, and by meaning; then the synonyms of all words;
    then weak hits and the other languages. A step is taken only where the one before it found no
    answer."""
    started = time.perf_counter()
    absent = _absent(query, engine, state)
    under_way = not absent and library.expect(worded(query, engine), state)
    meant = understand(query, engine, unseen=unseen)
    # What was written by its sound, or wrongly, means nothing: it is read as what it was taken for.
    text = rewritten(meant.text, meant.corrections)

    def ask() -> Meaning:
        if absent:
            return Meaning(absent=absent)
        left = max(0.0, patience(query) - (time.perf_counter() - started) * 1000)
        return replace(library.meaning(text, state, left), alone=query.mode == "meaning")

    meaning, asking = Awaited(ask, under_way), once(engine)
    found = _retrieve(query, meant, asking, unseen, meaning)
    if found.total:
        return Climbed(meant, found, _helped(meant, found), meaning.get())
    so_far = Climbed(meant, found, "weak" if found.weak else "", meaning.get())
    if not query.spelling:
        return so_far
    if (wider := widened(meant, query, engine)) is not meant:
        found = _retrieve(query, wider, asking, unseen, meaning)
        if found.total:
            return Climbed(wider, found, _helped(wider, found), meaning.get())
        so_far = Climbed(wider, found, "weak", meaning.get()) if found.weak else so_far
    wider = _translating(query, wider, engine, library)
    return _elsewhere(query, wider, asking, library, unseen, so_far)


def _absent(query: Query, engine: Engine, state: State) -> str:
    """Why the question's meaning is not asked for (see `Meaning`); "" where it is."""
    if query.prefix or query.mode == "words":
        return "typing" if query.prefix else "words"
    if not state.model or engine.space is None or engine.space.model != state.model:
        return "off"
    return ""


def _translating(
    query: Query, meant: Understanding, engine: Engine, library: Library
) -> Understanding:
    """With the words that linked translations teach."""
    glossary = library.glossary(query.audience, query.locale)
    others = tuple(
        Correction(word.surface, other, word.start, word.end, LANGUAGE, "language")
        for word in meant.analysed.content
        for other in glossary.get(word.token, ())
    )
    return widened(meant, query, engine, others)


def _elsewhere(
    query: Query,
    meant: Understanding,
    engine: Engine,
    library: Library,
    unseen: Iterable[int],
    so_far: Climbed,
) -> Climbed:
    known = Awaited(lambda: so_far.meaning, under_way=False)
    found = _retrieve(query, meant, engine, unseen, known, linked=True)
    found = _in_own_language(query, library, found)
    if found.total:
        return replace(so_far, meant=meant, found=found, rescue="language")
    weak = _translated((*so_far.found.weak, *found.weak), {})[:FEW]
    return replace(so_far, found=replace(so_far.found, weak=weak), rescue="weak" if weak else "")


def _helped(meant: Understanding, found: Found) -> str:
    if found.exact or found.pinned.hits:
        return ""
    if found.total == found.meant:
        return "meaning" if found.here else "language"
    return farthest(meant.corrections) or ("" if found.here else "language")


def _retrieve(
    query: Query,
    meant: Understanding,
    engine: Engine,
    unseen: Iterable[int],
    meaning: Awaited,
    linked: bool = False,
) -> Found:
    return retrieve(query, meant, engine, unseen, settings.SEARCH_ANSWERED_AT, meaning, linked)


def _in_own_language(query: Query, library: Library, found: Found) -> Found:
    """Each entry once, in the language of it that the reader is likeliest to read."""
    ids = [hit.id for hit in (*found.hits, *found.weak)]
    own = library.translated(ids, query.audience, query.locale)
    hits = _translated(found.hits, own)
    taken = {hit.id for hit in hits}
    weak = tuple(hit for hit in _translated(found.weak, own) if hit.id not in taken)
    twice = len(found.hits) - len(hits)
    of_translations: dict[int, float] = {}
    for pk, share in found.coverage.items():
        read = own.get(pk, pk)
        of_translations[read] = max(share, of_translations.get(read, 0.0))
    return replace(
        found,
        hits=hits,
        weak=weak,
        total=found.total - twice,
        listed=found.listed - twice,
        coverage=of_translations,
        answering=frozenset(own.get(pk, pk) for pk in found.answering),
    )


def _translated(hits: Iterable[EngineHit], own: Mapping[int, int]) -> tuple[EngineHit, ...]:
    """Each entry once, where it stands first."""
    once: dict[int, EngineHit] = {}
    for hit in hits:
        pk = own.get(hit.id, hit.id)
        once.setdefault(pk, hit._replace(id=pk))
    return tuple(once.values())
