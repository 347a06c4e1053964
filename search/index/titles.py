"""Titles in the database, asked like an index: the last resort where there is no index to read.

It knows no bodies, no phrasings and no spelling, and looks at `MOST` titles at most; what it finds
is as new as the database, and passes the gate like all that is found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db.models import Q

from content.models import Category, Entry
from search.engine.protocol import (
    CoveredWord,
    Deletion,
    EngineDocument,
    EngineFailed,
    EngineHit,
    EngineQuery,
    EngineResult,
    Filters,
    NearHit,
    Term,
    Vocabulary,
    WriteReport,
)
from search.engine.vocabulary import CountedVocabulary

from .around import indexable, level_of
from .tokens import Parts, analyser, tokens

MOST, MOST_WORDS = 300, 12
_IN_WORDS = ("title_words", "words", "prefixes")


class TitleEngine:
    """An engine to read from, which nobody can write to."""

    #: The database keeps no vectors that it could be searched by.
    space = None

    def nearest(
        self, vector: Sequence[float], filters: Filters, limit: int, model: str
    ) -> tuple[NearHit, ...]:
        """Nothing: titles are found by words."""
        return ()

    def search(self, query: EngineQuery) -> EngineResult:
        """Return one page of the titles that match, by the boosts of the terms they have."""
        scored: list[EngineHit] = []
        coverage: dict[int, float] = {}
        facets: dict[str, Counter[str]] = {name: Counter() for name in query.facets}
        for entry in _candidates(query.should, query.filters):
            has = _fields(entry)
            matched = [term for term in query.should if _in(term, has)]
            if (query.should and not matched) or not _passes(query, has):
                continue
            scored.append(EngineHit(entry.pk, 0, sum(term.boost for term in matched)))
            coverage[entry.pk] = _share(query.covered, has)
            for name, value in (("kind", entry.kind), ("locale", entry.locale.language_code)):
                if name in facets:
                    facets[name][value] += 1
        scored.sort(key=lambda hit: (-hit.score, hit.id))
        page = scored[query.offset : query.offset + max(0, query.limit)]
        return EngineResult(tuple(page), len(scored) if query.count else 0, facets, coverage)

    def search_all(self, queries: Sequence[EngineQuery]) -> list[EngineResult]:
        """Return a page for each query."""
        return [self.search(query) for query in queries]

    def write(
        self, documents: Iterable[EngineDocument], deletes: Iterable[Deletion] = ()
    ) -> WriteReport:
        """Never: the titles are the database's."""
        raise EngineFailed("There is no index to write to.")

    def fill(self, batches: Iterable[Sequence[EngineDocument]]) -> Iterator[WriteReport]:
        """Never."""
        raise EngineFailed("There is no index to write to.")

    def tend(self) -> bool:
        """Nothing to do."""
        return False

    def versions(self) -> Iterator[tuple[int, int]]:
        """Never: they have none."""
        raise EngineFailed("There is no index to compare with.")

    def document_frequency(self, field: str, token: str) -> int:
        """Unknown: all words weigh the same."""
        return 0

    def document_frequencies(
        self, tokens: Iterable[tuple[str, str]]
    ) -> Mapping[tuple[str, str], int]:
        """Unknown: all words weigh the same."""
        return dict.fromkeys(tokens, 0)

    def vocabulary(self, level: int) -> Vocabulary:
        """No words are known, so that none is proposed."""
        return CountedVocabulary((), lambda _: 0)

    def count(self) -> int:
        """Return the number of entries."""
        return indexable().count()

    def size(self) -> int:
        """It takes no room."""
        return 0

    def close(self) -> None:
        """Nothing to let go of."""


def _candidates(should: Sequence[Term], filters: Filters) -> list[Entry]:
    words = {t.token for t in should if t.field.endswith(_IN_WORDS)}
    named = Q()
    for word in sorted(words, key=lambda word: (-len(word), word))[:MOST_WORDS]:
        named |= Q(title__icontains=word)
    for term in should:
        if term.field == "exact_title":
            named |= Q(title__iexact=term.token)
    return [] if should and not named else _permitted(filters, named)


def _permitted(filters: Filters, named: Q | None = None) -> list[Entry]:
    found = indexable().filter(named or Q()).exclude(pk__in=filters.not_ids)
    if filters.ids is not None:
        found = found.filter(pk__in=filters.ids)
    if filters.locales:
        found = found.filter(locale__language_code__in=filters.locales)
    if filters.not_locales:
        found = found.exclude(locale__language_code__in=filters.not_locales)
    if filters.kind:
        found = found.filter(kind=filters.kind)
    if filters.product:
        found = found.filter(products__slug=filters.product)
    if filters.category is not None:
        shelf = Category.objects.filter(pk=filters.category).values_list("path", flat=True).first()
        found = found.filter(path__startswith=shelf or "-")
    shown = ("pk", "title", "kind", "audience", "confidence", "locale__language_code")
    rows = found.select_related("locale").order_by("pk").only(*shown)[:MOST]
    return [row for row in rows if level_of(row.audience, row.confidence) <= filters.level]


def _fields(entry: Entry) -> dict[str, set[str]]:
    parts = Parts(title=entry.title, phrasings=(), extra=(), sections=())
    made = tokens(parts, analyser())
    return {
        "title_words": set(made.title_words),
        "words": set(made.words),
        "prefixes": set(made.prefixes),
        "exact_title": set(made.exact_title),
    }


def _in(term: Term, has: Mapping[str, set[str]]) -> bool:
    return term.token in has.get(term.field, ())


def _passes(query: EngineQuery, has: Mapping[str, set[str]]) -> bool:
    if any(not _in(term, has) for term in query.must):
        return False
    if any(_in(term, has) for term in query.must_not):
        return False
    asked = query.coverage
    if asked is None:
        return True
    whole = any(_in(term, has) for term in getattr(asked, "whole", ()))
    return (whole or _share(asked.words, has) >= asked.minimum) == asked.reached


def _share(words: Sequence[CoveredWord], has: Mapping[str, set[str]]) -> float:
    total = sum(word.mass for word in words)
    covered = sum(word.mass for word in words if any(_in(term, has) for term in word.terms))
    return covered / total if total else 0.0
