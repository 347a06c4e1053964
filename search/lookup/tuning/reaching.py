"""Which searches an entry can be among the first answers of: most it cannot, and need not be run.

Asked of an index that has the entry. Nothing is guessed: where an entry may come among the first
ten, its search is run.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.conf import settings
from django.utils import timezone

from search.engine.fields import AGENTS_LEVEL, CUSTOMERS_LEVEL, readable
from search.engine.protocol import (
    Engine,
    EngineDocument,
    EngineQuery,
    EngineResult,
    Filters,
    PartVector,
    Term,
)
from search.index import tuning
from search.lookup.nearness import Nearness
from search.lookup.query import Query
from search.lookup.ranking import FIRST
from search.lookup.understand import Understanding, idf, understand, widened
from search.text import exact_key
from search.text.regional import regional

from .asked import Asked

#: Scores that differ by less are equal, on every engine.
_ROUNDED = 1e-4


@dataclass(frozen=True, slots=True)
class Standing:
    """An entry as one index has it: ``document`` is None where that does not have it."""

    engine: Engine
    document: EngineDocument | None

    def is_read_at(self, level: int) -> bool:
        """Whether a reader of ``level`` finds it at all."""
        return self.document is not None and self.document.level <= level

    def words(self, level: int) -> frozenset[str]:
        """The words by which a reader of ``level`` can find it."""
        if self.document is None or self.document.level > level:
            return frozenset()
        fields = {"words": self.document.text.words}
        fields |= {"customers_words": self.document.customers.words}
        fields |= {"agents_words": self.document.agents.words}
        return frozenset().union(*(fields[name] for name in readable("words", level)))

    def is_called(self, key: str, level: int) -> bool:
        """Whether a title or phrasing of it is the question (`search.text.exact_key`)."""
        if self.document is None or not key:
            return False
        groups = [self.document.text]
        groups += [self.document.customers] if level >= CUSTOMERS_LEVEL else []
        groups += [self.document.agents] if level >= AGENTS_LEVEL else []
        return any(key in (*each.exact_title, *each.exact_phrasing) for each in groups)

    def vectors(self, level: int, model: str) -> Sequence[PartVector]:
        """Its vectors that a reader of ``level`` may meet."""
        if self.document is None or self.document.level > level:
            return ()
        return [v for v in self.document.vectors.get(model, ()) if v.level <= level]


class Shares:
    """How much of a question one entry covers at most, by the stems that searches and gaps keep
    (`search.text.group_key`): thousands in a moment."""

    def __init__(self, standings: Iterable[Standing], level: int, keys: Iterable[str]) -> None:
        standings = tuple(standings)
        engine = standings[0].engine
        self._held = frozenset().union(*(each.words(level) for each in standings))
        words = {word for key in keys for word in key.split()}
        names = readable("words", level)
        counted = engine.document_frequencies({(name, word) for word in words for name in names})
        known = {word: max(counted[name, word] for name in names) for word in words}
        documents = max(1, engine.count())
        self._mass = {word: idf(documents, max(1, n)) for word, n in known.items()}
        self._unknown = {word for word, n in known.items() if not n}

    def of(self, key: str) -> float:
        """The share (0–1) of the mass of the words that it has, or that may be corrected to such
        as it has."""
        words = key.split()
        whole = sum(self._mass[word] for word in words)
        held = (w for w in words if w in self._held or w in self._unknown)
        return sum(self._mass[w] for w in held) / whole if whole else 0.0


def may_mean_more(asked: Asked) -> bool:
    """Whether writers or usage give the question other words, or an answer of its own."""
    now, level = tuning.current(), asked.audience.level
    if now.expansions(asked.text, asked.locale, level):
        return True
    if now.pins_for(asked.text, asked.locale, level, timezone.now()):
        return True
    return any(w in asked.text for w in now.dictionary) or any(regional(asked.text))


def reached(asked: Asked, pk: int, standing: Standing, nearness: Nearness | None) -> bool:
    """Whether entry ``pk`` may be among the first answers in its own language.

    It may not where ten others score higher already by words alone; what fewer words of the index
    cover may still be found by a later step of the search, and is not decided here.
    """
    if not standing.is_read_at(asked.audience.level):
        return False
    if _is_named(asked, standing) or (nearness and _is_near(nearness, standing, asked)):
        return True
    query = Query(asked.text, asked.audience, asked.locale, channel="replay")
    level = query.audience.level
    meant = understand(query, standing.engine)
    if not meant.terms:
        return True
    others = EngineQuery(
        should=_of_words(meant.terms),
        filters=Filters(level=level, locales=(asked.locale,), not_ids=(pk,)),
        limit=FIRST,
        count=False,
    )
    own = EngineQuery(
        should=meant.terms,
        filters=Filters(level=level, ids=(pk,)),
        limit=1,
        count=False,
        covered=meant.words,
    )
    mine, best = standing.engine.search(own), standing.engine.search(others)
    return _can_stand(pk, mine, best) or _later(query, meant, standing.engine, own, mine)


def _is_named(asked: Asked, standing: Standing) -> bool:
    """Whether it stands apart from the order by score: by a pin, its title, or its language."""
    level = asked.audience.level
    pins = tuning.current().pins_for(asked.text, asked.locale, level, timezone.now())
    return (
        bool(pins)
        or standing.is_called(exact_key(asked.text), level)
        or (standing.document is not None and standing.document.locale != asked.locale)
    )


def _can_stand(pk: int, mine: EngineResult, best: EngineResult) -> bool:
    if not mine.hits:
        return False
    tenth = best.hits[-1].score if len(best.hits) == FIRST else 0.0
    return mine.hits[0].score >= tenth - _ROUNDED


def _later(
    query: Query, meant: Understanding, engine: Engine, own: EngineQuery, mine: EngineResult
) -> bool:
    """Whether it answers only once the synonyms of known words count too."""
    enough = settings.SEARCH_ANSWERED_AT
    level = query.audience.level
    if _coverage(mine) >= enough or not tuning.current().expansions(
        query.text, query.locale, level
    ):
        return False
    wider = widened(meant, query, engine)
    return _coverage(engine.search(replace(own, should=wider.terms, covered=wider.words))) >= enough


def _coverage(result: EngineResult) -> float:
    return max(result.coverage.values(), default=0.0)


def _of_words(terms: Iterable[Term]) -> tuple[Term, ...]:
    """Whole words alone: fewer terms, which score no document higher than all of them do."""
    terms = tuple(terms)
    return tuple(term for term in terms if "grams" not in term.field) or terms


def _is_near(nearness: Nearness, standing: Standing, asked: Asked) -> bool:
    """Whether a part of it answers by its meaning."""
    import numpy as np

    threshold = nearness.thresholds.get(asked.locale)
    if threshold is None:
        return True
    parts = standing.vectors(asked.audience.level, nearness.model)
    vectors = [np.frombuffer(part.vector, dtype="<f4") for part in parts]
    gauge = threshold.gauge(nearness.vector, nearness.language)
    return gauge.answers(max((float(vector @ gauge.probe) for vector in vectors), default=-1.0))
