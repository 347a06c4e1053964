"""FAQ entries from CSV, XLSX and JSON: one row, one question."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
from django.utils.translation import gettext as _

from .columns import FIELDS, audience_of, field_of
from .decoding import UnreadableError, decode
from .documents import TITLE_MAX, Defaults
from .drafts import Block, EntryDraft, Problem, Wording
from .places import CallError, normal_locale
from .reading import Reading, source_name
from .slugs import ascii_slug

TABLES = (".csv", ".tsv", ".xlsx", ".json", ".jsonl")
MAX_ROWS = 100_000
_MAX_UNPACKED = 300 * 1024 * 1024
_BREAKS = re.compile(r"[\n|；;]")

Row = tuple[int, dict[str, Any]]


class RowError(ValueError):
    """A row cannot become an entry."""


def read_table_file(
    path: Path, *, kind: str, name: str, prefix: str, defaults: Defaults
) -> Reading:
    """Read a table of questions. Raises CallError where the file as a whole cannot be read."""
    reading = Reading(prefix=prefix)
    first: dict[tuple[str, str], int] = {}
    for number, row in _rows(path, kind):
        if not any(str(v or "").strip() for v in row.values()):
            continue
        try:
            draft = _draft(row, number, name, prefix, defaults)
        except RowError as error:
            reading.problems.append(Problem(name, number, str(error), fatal=True))
            continue
        reading.seen.add(draft.source)
        if earlier := first.get((draft.source, draft.locale)):
            reason = _("The question is the same as in row %(row)s.") % {"row": earlier}
            reading.problems.append(Problem(name, number, reason, fatal=True))
            continue
        first[draft.source, draft.locale] = number
        reading.drafts.append(draft)
    return reading


def question_key(question: str) -> str:
    """What makes two questions of a table the same: their letters and digits."""
    folded = unicodedata.normalize("NFKC", question).casefold()
    return "".join(c for c in folded if c.isalnum()) or folded.strip()


def _draft(
    row: dict[str, Any], number: int, name: str, prefix: str, defaults: Defaults
) -> EntryDraft:
    for field, value in row.items():
        _require_text(field, value)
    question = " ".join(_cell(row.get("question")).split())
    answer = _cell(row.get("answer"))
    if not question:
        raise RowError(_("The question is empty."))
    if len(question) > TITLE_MAX:
        raise RowError(_("The question is longer than 255 characters."))
    if not answer:
        raise RowError(_("The answer is empty."))
    locale = defaults.locale
    if given := _cell(row.get("locale")):
        locale = normal_locale(given) or ""
        if not locale:
            raise RowError(_("The site has no language “%(code)s”.") % {"code": given})
    audience = defaults.audience
    if given := _cell(row.get("audience")):
        audience = audience_of(given) or ""
        if not audience:
            raise RowError(_("There is no audience “%(name)s”.") % {"name": given})
    category = tuple(p.strip() for p in _cell(row.get("category")).split("/") if p.strip())
    lead, rest = _short(answer)
    return EntryDraft(
        source=source_name(prefix, question_key(question)),
        file=name,
        line=number,
        title=question,
        locale=locale,
        kind="faq",
        category=category or None,
        slug=ascii_slug(question),
        lead=lead,
        body=(Block("markdown", rest),) if rest else (),
        phrasings=tuple(_wordings(row.get("phrasings"), question)),
        audience=audience,
        products=defaults.products,
    )


def _require_text(field: str, value: Any) -> None:
    """Lists are for phrasings only, and hold texts. Raises RowError."""
    items = value if field == "phrasings" and isinstance(value, list) else [value]
    if any(isinstance(item, (list, dict)) for item in items):
        raise RowError(_("“%(field)s” is not a text.") % {"field": field})


def _short(answer: str) -> tuple[str, str]:
    """The answer as a whole, unless it is long: then its first paragraph, and the rest."""
    answer = answer.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    head, _blank, rest = answer.partition("\n\n")
    if len(answer) > 1200 and rest.strip() and len(head) <= 1200:
        return head, rest.strip("\n")
    return answer, ""


def _wordings(value: Any, question: str) -> Iterator[Wording]:
    parts = value if isinstance(value, list) else _BREAKS.split(_cell(value))
    seen = {question_key(question)}
    for part in parts:
        text = " ".join(_cell(part).split())[:TITLE_MAX]
        if text and question_key(text) not in seen:
            seen.add(question_key(text))
            yield Wording(text)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).replace("\0", "").strip()


def _rows(path: Path, kind: str) -> Iterable[Row]:
    if kind == ".xlsx":
        return _headed(_sheet(path))
    try:
        text = decode(path.read_bytes()).text
    except UnreadableError as error:
        raise CallError(
            _("Line %(line)s: %(reason)s") % {"line": error.line, "reason": error}
        ) from None
    if kind in (".json", ".jsonl"):
        return _objects(text, kind)
    return _headed(_lines(text, kind))


def _lines(text: str, kind: str) -> Iterator[tuple[int, list[Any]]]:
    head = text.split("\n", 1)[0]
    delimiter = "\t" if kind == ".tsv" else max(",;\t", key=head.count)
    csv.field_size_limit(10 * 1024 * 1024)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    number, last = 1, text.rstrip("\n").count("\n") + 1
    try:
        for cells in reader:
            if number < reader.line_num >= last:
                _require_closed(text, number, delimiter)
            yield number, list(cells)
            number = reader.line_num + 1
    except csv.Error as error:
        raise CallError(
            _("Line %(line)s: %(reason)s") % {"line": reader.line_num, "reason": error}
        ) from None


def _require_closed(text: str, line: int, delimiter: str) -> None:
    """A row of several lines must end by itself, not with the file. Raises CallError."""
    rest = "\n".join(text.split("\n")[line - 1 :])
    try:
        next(csv.reader(io.StringIO(rest, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        if "unexpected end" in str(error):
            why = _("A quotation mark is opened here and never closed.")
            raise CallError(
                _("Line %(line)s: %(reason)s") % {"line": line, "reason": why}
            ) from None


def _sheet(path: Path) -> Iterator[tuple[int, list[Any]]]:
    try:
        with zipfile.ZipFile(path) as parts:
            if sum(part.file_size for part in parts.infolist()) > _MAX_UNPACKED:
                raise CallError(_("The workbook is too large."))
        # Formulas are read as the text they are, never as what they were last worth.
        book = openpyxl.load_workbook(path, read_only=True, data_only=False)
        sheet = book.worksheets[0]
        for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
            yield number, list(cells)
        book.close()
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, IndexError, SyntaxError) as error:
        if isinstance(error, CallError):
            raise
        raise CallError(_("The workbook cannot be read; save it again as XLSX.")) from None


def _headed(lines: Iterator[tuple[int, list[Any]]]) -> Iterator[Row]:
    heading: list[str] | None = None
    for count, (number, cells) in enumerate(lines):
        if count > MAX_ROWS:
            raise CallError(_("The table has more than %(max)s rows.") % {"max": MAX_ROWS})
        if heading is None:
            if not any(_cell(c) for c in cells):
                continue
            heading = _heading([_cell(c) for c in cells])
            continue
        yield number, {k: v for k, v in zip(heading, cells, strict=False) if k in FIELDS}
    if heading is None:
        _require(())


def _heading(cells: list[str]) -> list[str]:
    names = [field_of(cell) for cell in cells]
    _require(names)
    return names


def _require(names: Iterable[str]) -> None:
    if not {"question", "answer"} <= set(names):
        raise CallError(
            _("The first row must name the columns; “question” and “answer” are needed.")
        )


def _objects(text: str, kind: str) -> Iterator[Row]:
    try:
        if kind == ".jsonl":
            items = [json.loads(line) for line in text.split("\n") if line.strip()]
        else:
            items = json.loads(text)
    except RecursionError:
        raise CallError(_("The JSON file is nested too deeply.")) from None
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        raise CallError(_("Line %(line)s: %(reason)s") % {"line": line, "reason": error}) from None
    if isinstance(items, dict):
        items = next((v for v in items.values() if isinstance(v, list)), None)
    if not isinstance(items, list):
        raise CallError(_("The JSON file is not a list of questions."))
    for number, item in enumerate(items, start=1):
        if isinstance(item, dict):
            named = {field_of(str(k)): v for k, v in item.items()}
            yield number, {k: v for k, v in named.items() if k in FIELDS}
        else:
            yield number, {"question": [item]}
