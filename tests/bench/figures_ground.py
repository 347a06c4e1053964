"""Half a year of journeys, written straight into the tables: very many, and quickly.

Beyond `MADE` events the database copies what was made, as other people's at other times.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

DAYS = 180
#: Of 100 events: searches, clicks, reads, votes, contacts.
SHARES = {"search": 25, "click": 16, "read": 50, "vote": 7, "contact": 2}
ENTRIES = 1_000
#: Questions there are; the first are asked far more often than the last.
QUESTIONS = 50_000
_LOCALES, _CHANNELS = ("en", "zh-hans", "zh-hant"), ("site", "site", "site", "suggest", "api")
_BATCH = 20_000
#: So many events are made one by one at most, and a copy is so many seconds later than the last.
MADE, _LATER = 400_000, 41


def fill(events: int, say: Callable[[str], None], days: int = DAYS) -> None:
    """``events`` rows over the last ``days`` days, in order of time; made once."""
    from search.journeys.models import Contact, Event, Search, Vote

    if Event.objects.exists():
        return
    entries = _entries()
    start = datetime.now(UTC) - timedelta(days=days)
    copies = -(-events // MADE)
    tables = [_Table(model) for model in (Search, Event, Vote, Contact)]
    by_name = {table.model.__name__: table for table in tables}
    for table in tables:
        table.begin()
    made = 0
    for batch in _batches(_events(events // copies, start, days, entries), _BATCH):
        for name, table in by_name.items():
            table.write([row for model, row in batch if model == name])
        made += len(batch)
        say(f"{made} of {events} events")
    for table in tables:
        table.copy(copies - 1)
        say(f"{copies} times {table.model.__name__}")
        say(f"indexes of {table.model.__name__}")
        table.end()


def _entries() -> list[int]:
    from django.db import transaction

    from content.importing.bulk import NewPage, build
    from content.models import Article, Entry

    from .site import shelves

    places = [shelf for shelf_list in shelves().values() for shelf in shelf_list]
    new = [
        NewPage(
            Article(
                title=f"Article {n}",
                slug=f"article-{n}",
                locale=places[n % len(places)].locale,
                live=True,
            ),
            places[n % len(places)],
            [],
            [],
        )
        for n in range(ENTRIES)
    ]
    with transaction.atomic():
        build(new)
    return list(Entry.objects.values_list("pk", flat=True))


def _events(
    events: int, start: datetime, days: int, entries: list[int]
) -> Iterator[tuple[str, dict]]:
    """(model, row) in the order of time; hours of the day and questions are unevenly busy."""
    chance = random.Random(11)
    number, step = 0, timedelta(days=days) / events
    at = start
    kinds = [kind for kind, share in SHARES.items() for _ in range(share)]
    asked: list[tuple[int, str, str]] = []
    while number < events:
        at += step
        number += 1
        kind = chance.choice(kinds)
        client = f"client-{chance.randrange(max(100, events // 12)):012d}"
        entry = entries[int(len(entries) * chance.random() ** 3)]
        locale = _LOCALES[number % 3]
        if kind == "search" or not asked:
            yield "Search", _search(number, client, locale, at, chance, entries)
            asked = [*asked[-50:], (number, client, locale)]
        elif kind == "contact":
            yield "Contact", {"client_id": client, "locale": locale, "created": at}
        elif kind == "vote":
            yield (
                "Vote",
                {
                    "client_id": client,
                    "object_id": entry,
                    "object_version": entry,
                    "helpful": chance.random() < 0.8,
                    "locale": locale,
                    "created": at,
                },
            )
        else:
            search, client, locale = chance.choice(asked)
            yield (
                "Event",
                {
                    "action_name": kind,
                    "query_id": uuid.UUID(int=search) if kind == "click" else None,
                    "client_id": client,
                    "object_id": entry,
                    "object_version": entry,
                    "position_ordinal": chance.randint(1, 10) if kind == "click" else None,
                    "locale": locale,
                    "created": at,
                },
            )


def _search(number: int, client: str, locale: str, at: datetime, chance: Any, entries: Any) -> dict:
    question = int(QUESTIONS * chance.random() ** 4)
    hits = [[chance.choice(entries), rank] for rank in range(1, 6)]
    answered = chance.random() < 0.85
    return {
        "query_id": uuid.UUID(int=number),
        "intent_id": uuid.UUID(int=number - (number % 7 == 0)),
        "client_id": client,
        "query": f"question number {question}",
        "key": f"number question {question}",
        "locale": locale,
        "channel": chance.choice(_CHANNELS),
        "audience": "public" if number % 4 else "customers",
        "total": 5 if answered else 0,
        "answered": answered,
        "hits": hits if answered else [],
        "rescue": "" if number % 9 else "spelling",
        "created": at,
        "updated": at,
        "clicks": int(answered and chance.random() < 0.6),
    }


class _Table:
    """Rows written without the model's indexes, which are made again at the end."""

    def __init__(self, model: Any) -> None:
        self.model = model
        self.fields = [f for f in model._meta.concrete_fields if not f.primary_key]
        self._indexes: list[tuple[str, str]] = []

    def begin(self) -> None:
        """Take the indexes away."""
        from django.db import connection

        table = self.model._meta.db_table
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA synchronous=OFF")
                cursor.execute(
                    "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s "
                    "AND sql IS NOT NULL",
                    [table],
                )
            else:
                cursor.execute(
                    "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s AND indexname "
                    "NOT IN (SELECT conname FROM pg_constraint)",
                    [table],
                )
            self._indexes = list(cursor.fetchall())
            for name, _ in self._indexes:
                cursor.execute(f'DROP INDEX "{name}"')

    def copy(self, times: int) -> None:
        """Write all rows so many times more."""
        from django.db import connection, transaction

        table = self.model._meta.db_table
        names = ", ".join(f'"{f.column}"' for f in self.fields)
        for number in range(1, times + 1):
            values = ", ".join(_copied(f.column, number, connection.vendor) for f in self.fields)
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(
                    f'INSERT INTO "{table}" ({names}) SELECT {values} FROM "{table}" '
                    "WHERE client_id LIKE 'client-%%'",
                    [],
                )

    def end(self) -> None:
        """Bring the indexes back."""
        from django.db import connection

        with connection.cursor() as cursor:
            for _, sql in self._indexes:
                cursor.execute(sql)
            cursor.execute(f'ANALYZE "{self.model._meta.db_table}"')

    def write(self, rows: list[dict[str, Any]]) -> None:
        """Write rows; what they leave out is as the model has it."""
        from django.db import connection, transaction

        if not rows:
            return
        defaults = {f.attname: f.get_default() for f in self.fields}
        values = [
            [
                f.get_db_prep_save(row.get(f.attname, defaults[f.attname]), connection)
                for f in self.fields
            ]
            for row in rows
        ]
        names = ", ".join(f'"{f.column}"' for f in self.fields)
        table = self.model._meta.db_table
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                marks = ", ".join(["%s"] * len(self.fields))
                cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', values)
                return
            with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                for each in values:
                    copy.write_row(each)


def _copied(column: str, number: int, vendor: str) -> str:
    """SQL: what a column has in a copy; ids are each copy's own, and in the order of the first."""
    later = number * _LATER
    if column in ("created", "updated"):
        if vendor == "sqlite":
            return f"strftime('%%Y-%%m-%%d %%H:%%M:%%f', {column}, '+{later} seconds')"
        return f"{column} + interval '{later} seconds'"
    if column in ("query_id", "intent_id"):
        if vendor == "sqlite":
            return f"'{number:08x}' || substr({column}, 9)"
        return f"('{number:08x}' || substr({column}::text, 9))::uuid"
    if column == "client_id":
        return f"'copy{number:02d}-' || substr(client_id, 8)"
    return f'"{column}"'


def _batches(rows: Iterator[Any], size: int) -> Iterator[list[Any]]:
    while batch := list(islice(rows, size)):
        yield batch
