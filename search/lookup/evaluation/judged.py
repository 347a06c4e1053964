"""Judged sets in the BEIR layout: `corpus.jsonl`, `queries.jsonl`, `qrels.tsv`."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path

#: A first line that ends within so many characters is taken for a title.
LONGEST_TITLE = 120
#: Where the judgements lie; BEIR keeps them by split.
_QRELS = ("qrels.tsv", "qrels/test.tsv")
_COLUMNS = 3


class NotJudged(Exception):
    """The folder holds no judged set; says what is missing or wrong, and where."""


@dataclass(frozen=True, slots=True)
class Document:
    """One text of the corpus; ``title`` is "" where neither the set nor the text gives one."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class JudgedSet:
    """Documents in the order of the corpus, and the queries that have something relevant."""

    name: str
    documents: Sequence[Document]
    queries: Mapping[str, str]
    grades: Mapping[str, Mapping[str, int]]

    @property
    def lacking(self) -> list[str]:
        """Documents that are judged relevant and not in the corpus: no search can find them."""
        held = {document.id for document in self.documents}
        judged = {id_ for each in self.grades.values() for id_, grade in each.items() if grade > 0}
        return sorted(judged - held)


def load(folder: Path) -> JudgedSet:
    """Read a set; raises `NotJudged`."""
    documents = [_document(row, where) for row, where in _rows(folder / "corpus.jsonl")]
    _each_once((document.id for document in documents), folder / "corpus.jsonl", "documents")
    asked = [
        (_text(row, "_id", where), _text(row, "text", where))
        for row, where in _rows(folder / "queries.jsonl")
    ]
    _each_once((id_ for id_, _ in asked), folder / "queries.jsonl", "queries")
    texts = dict(asked)
    grades = _grades(folder)
    judged = {id_ for id_, judgements in grades.items() if any(g > 0 for g in judgements.values())}
    if missing := sorted(judged - texts.keys()):
        raise NotJudged(f"{folder.name}: query {missing[0]} is judged but not in queries.jsonl.")
    queries = {id_: text for id_, text in texts.items() if id_ in judged}
    if not documents or not queries:
        raise NotJudged(f"{folder.name}: there is nothing to judge by in it.")
    name = folder.resolve().name
    return JudgedSet(name, documents, queries, {id_: grades[id_] for id_ in queries})


def _document(row: dict, where: str) -> Document:
    text = _text(row, "text", where)
    title = str(row.get("title") or "").strip()
    if not title:
        first = text.strip().partition("\n")[0].strip()
        title = first if len(first) <= LONGEST_TITLE else ""
    return Document(_text(row, "_id", where), title, text)


def _each_once(ids: Iterable[str], path: Path, what: str) -> None:
    """Raises `NotJudged` where two rows have one id."""
    id_, times = max(Counter(ids).items(), key=itemgetter(1), default=("", 0))
    if times > 1:
        raise NotJudged(f"{path} has {times} {what} of the _id “{id_}”.")


def _text(row: dict, key: str, where: str) -> str:
    if not isinstance(row.get(key), (str, int)):
        raise NotJudged(f"{where} has no {key}.")
    return str(row[key])


def _rows(path: Path) -> Iterator[tuple[dict, str]]:
    for number, line in enumerate(_lines(path), 1):
        if line.strip():
            where = f"{path}, line {number},"
            try:
                row = json.loads(line)
            except ValueError:
                raise NotJudged(f"{where} is not JSON.") from None
            if not isinstance(row, dict):
                raise NotJudged(f"{where} is not a JSON object.")
            yield row, where


def _grades(folder: Path) -> dict[str, dict[str, int]]:
    path = next((folder / name for name in _QRELS if (folder / name).exists()), folder / _QRELS[0])
    grades: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for number, line in enumerate(_lines(path), 1):
        parts = line.strip().split("\t") if "\t" in line else line.split()
        if not parts or (number == 1 and not parts[-1].lstrip("-").isdigit()):
            continue
        if len(parts) == _COLUMNS + 1:  # TREC's own form has an iteration in the second column
            del parts[1]
        if len(parts) != _COLUMNS or not parts[-1].lstrip("-").isdigit():
            raise NotJudged(f"{path}, line {number}, is not “query document grade”.")
        grades[parts[0]][parts[1]] = int(parts[2])
    return dict(grades)


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8-sig").split("\n")
    except OSError:
        raise NotJudged(f"{path} cannot be read.") from None
    except UnicodeDecodeError:
        raise NotJudged(f"{path} is not UTF-8.") from None
