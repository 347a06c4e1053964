"""What would be in force if a form were saved, or a row deleted."""

from __future__ import annotations

from dataclasses import replace

from search.index.tuning import Tuning
from search.index.tuning.loading import pin_rule, synonym_rule
from search.index.tuning.models import DictionaryWord, Pin, Synonym

Row = Synonym | DictionaryWord | Pin


def with_row(before: Tuning, row: Row) -> Tuning:
    """``before`` with this row as it stands in memory, in place of the one that is kept."""
    after = without_row(before, row)
    if isinstance(row, Synonym):
        return replace(after, synonyms=(*after.synonyms, synonym_rule(row)))
    if isinstance(row, Pin):
        return replace(after, pins=(*after.pins, pin_rule(row)))
    return replace(after, dictionary=after.dictionary | {row.word})


def without_row(before: Tuning, row: Row) -> Tuning:
    """``before`` without the row as it is kept."""
    if isinstance(row, Synonym):
        return replace(before, synonyms=tuple(r for r in before.synonyms if r.id != row.pk))
    if isinstance(row, Pin):
        return replace(before, pins=tuple(r for r in before.pins if r.id != row.pk))
    return replace(before, dictionary=before.dictionary - {row.kept_word})
