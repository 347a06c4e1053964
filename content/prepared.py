"""Questions to the database about some ids, put into SQL once and asked again with other ids.

To put the question of a search's last gate into words takes the ORM five times as long as the
database takes to answer it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

#: A question is kept for so many ids each; fewer are filled up with the last one.
_SIZES = (1, 3, 6, 10, 20, 50, 100)

Make = Callable[..., QuerySet]


@dataclass(frozen=True, slots=True)
class _Question:
    compiler: SQLCompiler
    sql: str
    params: tuple[Any, ...]
    converters: dict[int, Any]
    #: Places among ``params`` where ids go, and which of them.
    holes: tuple[tuple[int, int], ...]


def rows(make: Make, ids: Collection[int] | Collection[str], *key: Hashable) -> Iterator[tuple]:
    """The rows of ``make(ids, *key)``, a ``values_list`` queryset.

    What ``make`` answers may depend on nothing but its arguments: it is asked once for a ``key``.
    """
    if not ids:
        return iter(())
    question, params = _asked(make, ids, key)
    with connection.cursor() as cursor:
        cursor.execute(question.sql, params)
        found = cursor.fetchall()
    if question.converters:
        return map(tuple, question.compiler.apply_converters(found, question.converters))
    return map(tuple, found)


def statement(
    make: Make, ids: Collection[int] | Collection[str], *key: Hashable
) -> tuple[str, list[Any]]:
    """What `rows` would ask, as SQL with its parameters, to be a part of another statement.

    Only for columns that need no conversion (numbers, texts); ``ids`` must not be empty.
    """
    question, params = _asked(make, ids, key)
    return question.sql, params


def _asked(
    make: Make, ids: Collection[int] | Collection[str], key: tuple[Hashable, ...]
) -> tuple[_Question, list[Any]]:
    size = next((size for size in _SIZES if size >= len(ids)), len(ids))
    listed: list[Any] = list(ids)
    question = _question(make, key, size, isinstance(listed[0], str))
    params = list(question.params)
    listed += [listed[-1]] * (size - len(listed))
    for place, number in question.holes:
        params[place] = listed[number]
    return question, params


def forget() -> None:
    """Put every question into SQL anew, where the rule of who sees what is another (tests)."""
    _question.cache_clear()


@lru_cache(maxsize=256)
def _question(make: Make, key: tuple[Hashable, ...], size: int, textual: bool) -> _Question:
    numbers = [-1 - each for each in range(size)]
    marks: list[Any] = [f"\0{each}" for each in numbers] if textual else list(numbers)
    compiler = make(marks, *key).query.get_compiler(DEFAULT_DB_ALIAS)
    sql, params = compiler.as_sql()
    holes = tuple((p, marks.index(mark)) for p, mark in enumerate(params) if mark in marks)
    fields = [selected[0] for selected in compiler.select[: compiler.col_count]]
    return _Question(compiler, sql, tuple(params), compiler.get_converters(fields), holes)
