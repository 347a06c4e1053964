"""A question's words, what they may have been meant to be, and what each of them is worth."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from search.engine.fields import GRAM_BOOSTS, WORD_BOOSTS, readable, surface
from search.engine.protocol import (
    CoveredWord,
    Engine,
    EngineQuery,
    Filters,
    Term,
)
from search.index.tokens import analyser
from search.text import AnalysedQuery, Analyser, QueryWord, exact_key
from search.text.highlight import Marker
from search.text.script import in_script_of
from search.text.spelling import Correction, rewritten

from . import rescue
from .query import LONGEST, Query
from .rescue import in_local_words
from .words import completions, number_of_documents

#: More terms than these make a question no clearer and its search slower.
MOST_WORDS, MOST_GRAMS = 60, 160
LONGEST_PREFIX = 12
_BOOSTS = {"words": WORD_BOOSTS, "grams": GRAM_BOOSTS, "prefixes": {"prefixes": 1.0}}
#: A word of no more documents may stand in hidden ones only.
_RARE = 50
#: What a word counts that the last word of the question may become.
_COMPLETED = 0.5


@dataclass(frozen=True, slots=True)
class Understanding:
    """A question ready to be searched for.

    ``terms`` order the hits, ``words`` decide whether one is an answer, ``key`` finds titles.
    ``typed`` is the word that is still being typed ("" if none), ``ends`` what it may become.
    """

    text: str
    key: str
    analysed: AnalysedQuery
    typed: str
    ends: tuple[str, ...]
    corrections: tuple[Correction, ...] = ()
    terms: tuple[Term, ...] = ()
    words: tuple[CoveredWord, ...] = ()

    def marker(self) -> Marker:
        """What finds the question's words in texts."""
        meant = [correction.replacement for correction in self.corrections]
        return Marker.of(analyser(), self.analysed, meant, prefix=bool(self.typed))

    def did_you_mean(self, query: Query) -> str:
        """The corrected question in the reader's script; "" where he has typed just that."""
        if not self.corrections:
            return ""
        typed = query.text.strip()
        shown = in_script_of(query.locale, rewritten(self.text, self.corrections), typed)
        return "" if shown == typed else shown


def understand(query: Query, engine: Engine, unseen: Iterable[int] = ()) -> Understanding:
    """Analyse, correct and weigh the question with what ``engine`` knows for its reader.

    ``unseen`` are entries that the index still has and the reader may not see: no word is proposed
    that stands in them alone.
    """
    level = query.audience.level
    vocabulary = engine.vocabulary(level)
    text = worded(query, engine)
    analysed = analyser().query(text, lambda word: vocabulary.frequency(word) > 0)
    analysed = replace(
        analysed, words=analysed.words[:MOST_WORDS], grams=analysed.grams[:MOST_GRAMS]
    )
    typed = _typed(analysed, query)
    ends = completions(vocabulary, typed) if typed else ()
    corrections: tuple[Correction, ...] = ()
    if query.spelling:
        corrections = rescue.corrections(query, text, analysed, vocabulary)
        corrections = _borne_out(corrections, engine, level, tuple(unseen), typed, len(text))
    meant = Understanding(text, exact_key(_asked(query)), analysed, typed, ends)
    return _weighed(meant, query, engine, corrections)


def widened(
    meant: Understanding, query: Query, engine: Engine, more: tuple[Correction, ...] = ()
) -> Understanding:
    """``meant`` with the synonyms of known words too (see `rescue`), and ``more``; itself where
    there are none."""
    vocabulary = engine.vocabulary(query.audience.level)
    corrections = rescue.with_all_synonyms(query, meant.text, meant.corrections, vocabulary) + more
    return (
        meant if corrections == meant.corrections else _weighed(meant, query, engine, corrections)
    )


def _weighed(
    meant: Understanding, query: Query, engine: Engine, corrections: tuple[Correction, ...]
) -> Understanding:
    level = query.audience.level
    return replace(
        meant,
        corrections=corrections,
        terms=_terms(meant.analysed, corrections, meant.typed, meant.ends, level),
        words=_covered(meant.analysed, corrections, meant.typed, meant.ends, level, engine),
    )


def worded(query: Query, engine: Engine) -> str:
    """The question as it is read: no longer than `LONGEST`, in words that the site has."""
    asked = _asked(query)
    return (
        in_local_words(asked, engine.vocabulary(query.audience.level)) if query.spelling else asked
    )


def _asked(query: Query) -> str:
    return query.text.strip()[:LONGEST]


def _typed(analysed: AnalysedQuery, query: Query) -> str:
    return analysed.prefix[:LONGEST_PREFIX] if query.prefix else ""


def _terms(
    analysed: AnalysedQuery,
    corrections: Iterable[Correction],
    typed: str,
    ends: Iterable[str],
    level: int,
) -> tuple[Term, ...]:
    weights: dict[tuple[str, str], float] = {}
    in_words, in_grams = _boosts("words", level), _boosts("grams", level)

    def add(boosts: Iterable[tuple[str, float]], token: str, weight: float) -> None:
        for name, boost in boosts:
            key, adds = (name, token), boost * weight
            if adds >= weights.get(key, 0.0):
                weights[key] = adds

    for word in analysed.words:
        add(in_words, word.token, word.weight)
    for gram, weight in analysed.grams:
        add(in_grams, gram, weight)
    for correction in corrections:
        meant = _meant(correction.replacement)
        for word in meant.words:
            add(in_words, word.token, correction.weight * word.weight)
        for gram, weight in meant.grams:
            add(in_grams, gram, correction.weight * weight)
    if typed:
        add(_boosts("prefixes", level), typed, 1.0)
    for end in ends:
        for word in _meant(end).words:
            add(in_words, word.token, _COMPLETED)
    return tuple(Term(name, token, weight) for (name, token), weight in weights.items())


@lru_cache(maxsize=16)
def _boosts(kind: str, level: int) -> tuple[tuple[str, float], ...]:
    """The fields of words, grams or prefixes that a reader is matched on, and their boosts."""
    return tuple(
        (readable_name, boost)
        for name, boost in _BOOSTS[kind].items()
        for readable_name in readable(name, level)
    )


def _meant(replacement: str) -> AnalysedQuery:
    return _analysed(replacement, analyser())


@lru_cache(maxsize=4096)
def _analysed(replacement: str, analyser: Analyser) -> AnalysedQuery:
    return analyser.query(replacement)


def _covered(
    analysed: AnalysedQuery,
    corrections: Sequence[Correction],
    typed: str,
    ends: Iterable[str],
    level: int,
    engine: Engine,
) -> tuple[CoveredWord, ...]:
    """Each content word with what covers it and its idf, by the best known of its forms."""
    vocabulary = engine.vocabulary(level)
    covered: list[tuple[Term, ...]] = []
    for word in analysed.content:
        tokens = [word.token, *_corrected(word, corrections)]
        terms = [Term(name, token) for token in tokens for name in readable("words", level)]
        if typed and word.surface.startswith(typed) and word.end == _end(analysed):
            terms += [Term(name, typed) for name in readable("prefixes", level)]
            whole = [meant.token for end in ends for meant in _meant(end).words]
            terms += [Term(name, token) for token in whole for name in readable("words", level)]
        covered.append(tuple(terms))
    documents = max(1, number_of_documents(engine))
    frequencies = engine.document_frequencies(
        {(term.field, term.token) for terms in covered for term in terms}
    )
    weighed = []
    for word, forms in zip(analysed.content, covered, strict=True):
        frequency = max(frequencies[term.field, term.token] for term in forms)
        if 0 < frequency <= _RARE and not vocabulary.frequency(word.surface):
            frequency = _readable(engine, forms, level)
        # What no document has cannot be rarer than what one has: a small site knows few words.
        weighed.append(CoveredWord(forms, idf(documents, max(1, frequency))))
    return tuple(weighed)


def _borne_out(
    found: tuple[Correction, ...],
    engine: Engine,
    level: int,
    unseen: tuple[int, ...],
    typed: str,
    end: int,
) -> tuple[Correction, ...]:
    """Without words of the vocabulary that no entry has any more which the reader may see: it may
    be half a minute old. And without those for what is ``typed`` of a word until the ``end``, where
    that goes on: it is no error."""
    parts = {
        c.replacement: [word.surface for word in _meant(c.replacement).words]
        for c in found
        if c.step in ("spelling", "script")
    }
    words = sorted({word for several in parts.values() for word in several})
    if not words:
        return found
    filters = Filters(level=level, not_ids=unseen)
    asked = [
        EngineQuery(
            should=tuple(Term(surface(lower), word) for lower in range(level + 1)),
            filters=filters,
            limit=0,
        )
        for word in words
    ]
    if typed:
        going_on = (Term("prefixes", typed),)
        asked.append(EngineQuery(should=going_on, filters=Filters(level=level), limit=0))
    counts = [result.total for result in engine.search_all(asked)]
    gone = {word for word, count in zip(words, counts, strict=False) if not count}
    goes_on = typed and counts[-1]
    return tuple(
        c
        for c in found
        if not gone.intersection(parts.get(c.replacement, ()))
        and (not goes_on or c.step == "synonym" or c.end < end)
    )


def _readable(engine: Engine, terms: tuple[Term, ...], level: int) -> int:
    """In how many documents that the reader may see any of the terms stands.

    The engine's own figures count all documents: a word that only hidden ones have must weigh what
    a word weighs that none has, or its weight would tell of them.
    """
    asked = EngineQuery(should=terms, filters=Filters(level=level), limit=0)
    return engine.search(asked).total


def idf(documents: int, frequency: int) -> float:
    """Inverse document frequency as BM25 has it: ln(1 + (N − n + ½) / (n + ½))."""
    frequency = min(frequency, documents)
    return math.log(1 + (documents - frequency + 0.5) / (frequency + 0.5))


def _corrected(word: QueryWord, corrections: Iterable[Correction]) -> list[str]:
    return [
        meant.token
        for correction in corrections
        if correction.start < word.end and word.start < correction.end
        for meant in _meant(correction.replacement).content
    ]


def _end(analysed: AnalysedQuery) -> int:
    return max((word.end for word in analysed.words), default=0)
