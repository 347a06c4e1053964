"""Makes rules of rows."""

from __future__ import annotations

from django.db.models import Prefetch

from content.audience import Audience
from search.text import exact_key

from .models import DictionaryWord, Pin, PinnedEntry, Synonym, lines
from .rules import PinRule, SynonymRule, Tuning


def load(version: int) -> Tuning:
    """All rows there are, as of ``version``: four queries."""
    pins = Pin.objects.prefetch_related(
        Prefetch("entries", PinnedEntry.objects.order_by("sort_order", "pk"))
    )
    return Tuning(
        version=version,
        dictionary=frozenset(DictionaryWord.objects.values_list("word", flat=True)),
        synonyms=tuple(synonym_rule(row) for row in Synonym.objects.order_by("pk")),
        pins=tuple(pin_rule(row) for row in pins.order_by("pk")),
    )


def synonym_rule(row: Synonym) -> SynonymRule:
    """The rule of a row, saved or not."""
    return SynonymRule(
        id=row.pk or 0,
        words=tuple(lines(row.words)),
        synonyms=tuple(lines(row.synonyms)),
        both_ways=row.both_ways,
        locale=row.locale,
        level=Audience(row.audience).level,
    )


def pin_rule(row: Pin) -> PinRule:
    """The rule of a row, saved or not, with its entries as they stand in the form."""
    entries = dict.fromkeys(item.entry_id for item in row.entries.all() if item.entry_id)
    return PinRule(
        id=row.pk or 0,
        query=row.query,
        key=exact_key(row.query),
        contained=row.match == Pin.Match.CONTAINED,
        locale=row.locale,
        level=Audience(row.audience).level,
        starts=row.starts,
        ends=row.ends,
        entries=tuple(entries),
    )
