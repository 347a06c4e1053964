"""A word that comes or goes changes the tokens of the articles that have it, and of no others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.aggregates import Count
from django.db.models.functions import Coalesce

from content.models import Entry, Phrasing
from search.engine.fields import AGENTS, CUSTOMERS
from search.engine.protocol import Coverage, CoveredWord, EngineFailed, EngineQuery, Filters, Term
from search.text import normalise

from ..models import IndexedDocument, OutboxRow
from ..tokens import analyser
from .models import DictionaryWord

#: Articles with a word that are looked up one by one; of more, all articles are indexed again.
MOST = 10_000
_BATCH = 200
_INTERNAL_LEVEL = 3


def reindex(row: DictionaryWord, *words: str) -> None:
    """Promise the engine the articles with any of ``words``, and note it in ``row``.

    Called in the transaction of the change, so that whoever drains the promise knows the word.
    """
    from ..listeners import promise

    ids = sorted({entry for word in words for entry in concerned(word)})
    promised = promise(ids)
    DictionaryWord.objects.filter(pk=row.pk).update(
        articles=len(ids), first_row=promised.start, last_row=promised.stop - 1 if promised else 0
    )


def concerned(word: str) -> list[int]:
    """Ids of the entries in whose text ``word`` stands, in any case, width or script.

    The index proposes those that have all its grams; their texts decide. Where the index cannot
    be read, all entries are.
    """
    proposed = _proposed(word)
    if proposed is None:
        return list(IndexedDocument.objects.values_list("pk", flat=True))
    plain = normalise(word)
    return [pk for pk, text in texts(proposed) if plain in normalise(text)]


def waiting() -> QuerySet[DictionaryWord]:
    """The dictionary; ``waits`` counts the articles of each word yet to be indexed again, and
    ``indexed`` those that have been."""
    rows = (
        OutboxRow.objects.filter(id__gte=OuterRef("first_row"), id__lte=OuterRef("last_row"))
        .order_by()
        .annotate(one=F("id") * 0)
        .values("one")
        .annotate(number=Count("id"))
        .values("number")
    )
    return DictionaryWord.objects.annotate(
        waits=Coalesce(Subquery(rows), 0), indexed=F("articles") - F("waits")
    )


def texts(ids: Collection[int]) -> Iterator[tuple[int, str]]:
    """(id, all that is indexed of the entry as plain text) of those that are indexed."""
    ids = sorted(ids)
    for start in range(0, len(ids), _BATCH):
        batch = ids[start : start + _BATCH]
        more: dict[int, list[str]] = defaultdict(list)
        for pk, text in Phrasing.objects.filter(entry__in=batch).values_list("entry_id", "text"):
            more[pk].append(text)
        named = Entry.objects.filter(pk__in=batch)
        for pk, keywords, product in named.values_list("pk", "keywords", "products__name"):
            more[pk] += [keywords, product or ""]
        kept = IndexedDocument.objects.filter(pk__in=batch)
        for pk, title, everyone, fewer in kept.values_list(
            "pk", "title", "sections", "narrow_sections"
        ):
            sections = (
                part for _, heading, text, _ in (*everyone, *fewer) for part in (heading, text)
            )
            yield pk, "\n".join((title, *sections, *more[pk]))


def _proposed(word: str) -> list[int] | None:
    from search.index import engine

    grams = dict.fromkeys(analyser().grams(word))
    fields = [f"{prefix}grams" for prefix in ("", CUSTOMERS, AGENTS)]
    words = tuple(CoveredWord(tuple(Term(f, gram) for f in fields), 1.0) for gram in grams)
    query = EngineQuery(
        filters=Filters(level=_INTERNAL_LEVEL), coverage=Coverage(words, 1.0), limit=MOST
    )
    try:
        found = engine().search(query)
    except EngineFailed:
        return None
    return [hit.id for hit in found.hits] if found.total <= MOST else None
