"""Rows of CSV and JSONL files, one after the other, without the file in memory."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from io import TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from .fields import Row, RowError, guess, parse

SUFFIXES = (".csv", ".tsv", ".jsonl", ".ndjson")
#: A cell, or a line of JSON, is at most so long.
LONGEST_LINE = 2_000_000
_HEAD = 256 * 1024
_PREVIEWED = 5


class UnreadableFile(Exception):
    """The file as a whole cannot be read, with the reason for people."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A row by its number in the file (the first of data is 1), or why it cannot be used.

    ``turns`` has one row, or those of a conversation that was given whole.
    """

    number: int
    turns: tuple[Row, ...] = ()
    whole: bool = False
    problem: str = ""
    #: Bytes of the file that have been read so far.
    read: int = 0


def columns(path: Path, name: str) -> list[str]:
    """The columns of a file: a table's heading, or what its first objects have.

    Raises UnreadableFile.
    """
    with path.open("rb") as file:
        if _is_lines(name):
            rows = (values for _number, values in islice(_objects(file), _PREVIEWED))
            return list(dict.fromkeys(c for row in rows if isinstance(row, dict) for c in row))
        return list(_table(file, name, path)[1])


def preview(path: Path, name: str, number: int = _PREVIEWED) -> list[dict[str, str]]:
    """The first rows as text by column. Raises UnreadableFile."""
    rows: list[dict[str, str]] = []
    with path.open("rb") as file:
        for _number, values in _values(file, name, path):
            if isinstance(values, dict):
                rows.append({k: str(v)[:200] for k, v in values.items() if k is not None})
            if len(rows) == number:
                break
    return rows


def turns(path: Path, name: str, mapping: Mapping[str, str]) -> Iterator[Turn]:
    """All rows in order; ``mapping`` is field by column ("": nothing), other columns are guessed.

    Raises UnreadableFile, at once where the columns do not fit, later where the file breaks.
    """
    with path.open("rb") as file:
        if not _is_lines(name):
            _check(columns(path, name), mapping)
        fields = cache(lambda columns: guess(columns, mapping))
        for number, values in _values(file, name, path):
            try:
                found, whole = _rows(values, fields)
                yield Turn(number, found, whole, read=file.tell())
            except RowError as error:
                yield Turn(number, problem=str(error), read=file.tell())


def _check(columns: list[str], mapping: Mapping[str, str]) -> None:
    """Raise UnreadableFile where a table lacks a column that was named, or the text."""
    if missing := [column for column in mapping if column not in columns]:
        raise UnreadableFile(
            _("There is no column “%(column)s”; there are: %(columns)s.")
            % {"column": missing[0], "columns": ", ".join(columns)[:200]}
        )
    if "text" not in guess(columns, mapping).values():
        raise UnreadableFile(
            _("No column holds the text. Say which: its name, and that it is the text.")
        )


def _rows(
    values: Any, fields: Callable[[tuple[str, ...]], Mapping[str, str]]
) -> tuple[tuple[Row, ...], bool]:
    if isinstance(values, RowError):
        raise values
    if not isinstance(values, dict):
        raise RowError(_("The line is no JSON object."))
    chosen = fields(tuple(values))
    common = {chosen.get(column, ""): value for column, value in values.items() if column}
    messages = values.get("messages") or values.get("turns") or values.get("dialogue")
    if not isinstance(messages, list):
        common.pop("", None)
        return (parse(common),), False
    common = {f: v for f, v in common.items() if f and f != "text"}
    found = []
    for message in messages:
        said = message if isinstance(message, dict) else {"text": message}
        named = {field: said[c] for c, field in guess(said).items()}
        if str(named.get("text") or "").strip():
            found.append(parse({**common, **named}))
    return tuple(found), True


def _values(file: BinaryIO, name: str, path: Path) -> Iterator[tuple[int, Any]]:
    if _is_lines(name):
        yield from _objects(file)
        return
    reader, heading = _table(file, name, path)
    number = 0
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                number += 1
                if len(cells) > len(heading):
                    yield number, RowError(_("The row has more cells than there are columns."))
                else:
                    yield number, dict(zip(heading, cells, strict=False))
    except (csv.Error, UnicodeDecodeError) as error:
        raise UnreadableFile(
            _("Line %(line)s: %(reason)s") % {"line": reader.line_num + 1, "reason": error}
        ) from None


def _table(file: BinaryIO, name: str, path: Path) -> tuple[Any, list[str]]:
    encoding = _encoding(path)
    head = file.read(_HEAD).decode(encoding, "ignore").split("\n", 1)[0]
    file.seek(0)
    delimiter = "\t" if name.endswith(".tsv") else max(",;\t", key=head.count)
    csv.field_size_limit(LONGEST_LINE)
    # `tell` of the bytes below goes on working, for the text layer is read by lines.
    reader = csv.reader(TextIOWrapper(_Unclosed(file), encoding, newline=""), delimiter=delimiter)
    heading = next((cells for cells in reader if any(c.strip() for c in cells)), None)
    if heading is None:
        raise UnreadableFile(_("The file is empty."))
    return reader, [cell.strip() for cell in heading]


class _Unclosed:
    """A file that a text layer reads from and does not close."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.closed = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return False

    def seekable(self) -> bool:
        return False

    def close(self) -> None:
        self.closed = True


def _objects(file: BinaryIO) -> Iterator[tuple[int, Any]]:
    number = 0
    while line := file.readline(LONGEST_LINE):
        if not line.strip():
            continue
        number += 1
        if not line.endswith(b"\n") and len(line) >= LONGEST_LINE:
            raise UnreadableFile(_("Row %(row)s is too long.") % {"row": number})
        try:
            yield number, json.loads(line.decode("utf-8-sig"))
        except (ValueError, RecursionError):
            yield number, RowError(_("The line is no JSON object."))


def _encoding(path: Path) -> str:
    """UTF-8, UTF-16 with its mark, or GB 18030, by the beginning of the file."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 4:
            return "gb18030"
    return "utf-8-sig"


def _is_lines(name: str) -> bool:
    return name.lower().endswith((".jsonl", ".ndjson"))
