"""Words of one language for those of another, learned from the titles of linked translations."""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import product

from django.db import DatabaseError, connection
from django.db.models import Count, QuerySet

from content.audience import Audience
from content.prepared import rows
from search.index.models import IndexedDocument
from search.index.tokens import analyser

from .languages import by_preference

log = logging.getLogger(__name__)

Glossary = Mapping[str, tuple[str, ...]]

#: Two words belong together that share so much of the titles that either stands in (Dice).
TOGETHER = 0.5
#: Words kept for one word, families learned from, and seconds for which it is kept.
MOST, FAMILIES, FRESH = 2, 20_000, 600.0

#: More documents than these are learned from in a thread, while searches go on without.
AT_ONCE = 2000

_Key = tuple[int, str]
_kept: dict[_Key, tuple[float, Glossary]] = {}
_learning: set[_Key] = set()
_lock = threading.Lock()


def glossary(audience: Audience, locale: str) -> Glossary:
    """Token in ``locale`` → words in other languages, from titles that ``audience`` may read."""
    key = (audience.level, locale)
    made, kept = _kept.get(key, (0.0, {}))
    if made and time.monotonic() - made < FRESH:
        return kept
    with _lock:
        if key in _learning:
            return kept
        _learning.add(key)
    if IndexedDocument.objects.count() <= AT_ONCE:
        return _learn(key)
    threading.Thread(target=_learn_apart, args=(key,), name="glossary", daemon=True).start()
    return kept


def forget() -> None:
    """Learn anew next time (tests)."""
    _kept.clear()


def _learn(key: _Key) -> Glossary:
    try:
        fresh = learned(_titles(*key))
        _kept[key] = (time.monotonic(), fresh)
    finally:
        _learning.discard(key)
    return fresh


def _learn_apart(key: _Key) -> None:
    try:
        _learn(key)
    except DatabaseError:
        log.exception("The glossary could not be learned; the next unanswered search tries again.")
    finally:
        connection.close()


def learned(pairs: Iterable[tuple[str, str]]) -> Glossary:
    """What the words of each first title are in the second, the surest first.

    Dice's coefficient over titles: 2 × both ÷ (one + other).
    """
    one: Counter[str] = Counter()
    other: Counter[str] = Counter()
    both: Counter[tuple[str, str]] = Counter()
    for here, there in pairs:
        own = {word.token for word in analyser().query(here).content}
        theirs = {word.surface for word in analyser().query(there).content}
        one.update(own)
        other.update(theirs)
        both.update(product(own, theirs))
    found: defaultdict[str, list[tuple[float, str]]] = defaultdict(list)
    for (a, b), number in both.items():
        dice = 2 * number / (one[a] + other[b])
        if dice >= TOGETHER and a != b:
            found[a].append((-dice, b))
    return {a: tuple(b for _, b in sorted(words)[:MOST]) for a, words in found.items()}


def _titles(level: int, locale: str) -> list[tuple[str, str]]:
    readable = IndexedDocument.objects.filter(level__lte=level)
    linked = readable.values("family").annotate(n=Count("pk")).filter(n__gt=1)
    families = linked.order_by("family").values_list("family", flat=True)[:FAMILIES]
    titles: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    found = readable.filter(family__in=families).values_list("family", "locale", "title")
    for family, language, title in found:
        titles[family].append((language, title))
    return [
        (here, there)
        for group in titles.values()
        for language, here in group
        if language == locale
        for elsewhere, there in group
        if elsewhere != locale
    ]


def translated(ids: Collection[int], audience: Audience, locale: str) -> dict[int, int]:
    """Of each entry's family the one that a reader of ``locale`` is likeliest to read, of those
    that ``audience`` finds: two queries."""
    families = dict(rows(_families, ids))
    order = {code: place for place, code in enumerate(by_preference(locale))}
    likeliest: dict[str, tuple[int, int]] = {}
    for family, language, pk in rows(_readable, set(families.values()), audience.level):
        place = (order.get(language, len(order)), pk)
        likeliest[family] = min(place, likeliest.get(family, place))
    return {pk: likeliest[family][1] for pk, family in families.items() if family in likeliest}


def _families(ids: Iterable[int]) -> QuerySet:
    return IndexedDocument.objects.filter(pk__in=ids).order_by().values_list("pk", "family")


def _readable(families: Iterable[str], level: int) -> QuerySet:
    found = IndexedDocument.objects.filter(family__in=families, level__lte=level)
    return found.order_by().values_list("family", "locale", "pk")
