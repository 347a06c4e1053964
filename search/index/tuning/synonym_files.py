"""Synonyms as CSV: a heading, then a row for each; several words of one side by lines or bars."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .models import Synonym, lines

COLUMNS = ("words", "synonyms", "both_ways", "locale", "audience")
_REQUIRED = ("words", "synonyms")
_YES, _NO = ("true", "yes", "1", "both"), ("false", "no", "0", "one")
MOST_BYTES = 2_000_000


@dataclass(frozen=True, slots=True)
class Reading:
    """Rows to be added, how many are there already, and (line, what is wrong with it)."""

    rows: tuple[Synonym, ...]
    known: int
    errors: tuple[tuple[int, str], ...]


def read(text: str) -> Reading:
    """Read a file as text; nothing is saved. Every line with an error is named, not the first."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    heading = text.partition("\n")[0]
    between = max(",;\t", key=heading.count)
    table = csv.DictReader(io.StringIO(text), delimiter=between, strict=True)
    table.fieldnames = [name.strip().lower() for name in table.fieldnames or ()]
    missing = [name for name in _REQUIRED if name not in (table.fieldnames or ())]
    if missing:
        message = _("The first line must name the columns %(columns)s.")
        return Reading((), 0, ((1, message % {"columns": ", ".join(COLUMNS)}),))
    there = {_identity(row) for row in Synonym.objects.all()}
    rows: list[Synonym] = []
    errors: list[tuple[int, str]] = []
    known = 0
    for line, values in _lines(table, errors):
        row = Synonym(
            words=_several(values.get("words")),
            synonyms=_several(values.get("synonyms")),
            locale=(values.get("locale") or "").strip(),
            audience=(values.get("audience") or "").strip() or "public",
        )
        try:
            row.both_ways = _both_ways(values.get("both_ways"))
            row.full_clean()
        except ValidationError as error:
            errors.append((line, " ".join(error.messages)))
            continue
        if _identity(row) in there:
            known += 1
            continue
        there.add(_identity(row))
        rows.append(row)
    return Reading(tuple(rows), known, tuple(errors))


def _lines(
    table: csv.DictReader, errors: list[tuple[int, str]]
) -> Iterator[tuple[int, dict[str, str | None]]]:
    """Each row with its line; where the file is no CSV any more, that is the last of the errors."""
    began = 1
    try:
        for values in table:
            began = table.line_num
            yield began, values
    except csv.Error:
        message = _("From here on this is no CSV. Is a quotation mark left open?")
        errors.append((began + 1, message))


def _several(text: str | None) -> str:
    return "\n".join(lines((text or "").replace("|", "\n").replace("\0", "")))


def _both_ways(text: str | None) -> bool:
    said = (text or "").strip().lower()
    if said in _NO:
        return False
    if said and said not in _YES:
        message = _("“%(said)s” in the column both_ways is neither true nor false.")
        raise ValidationError(message % {"said": said})
    return True


def _identity(row: Synonym) -> tuple[frozenset[str], frozenset[str], bool, str, str]:
    sides = frozenset(lines(row.words)), frozenset(lines(row.synonyms))
    return (*sides, row.both_ways, row.locale, row.audience)
