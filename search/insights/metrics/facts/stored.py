"""Columns as the database has them, for counting: not each of very many values is converted."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.db.models import BigIntegerField, CharField, ExpressionWrapper, F, Func
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast


class Quarter(Func):
    """The quarter of an hour in which an instant lies; :func:`beginning` tells which."""

    output_field = CharField()
    arity = 1

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """Text: date and hour, and the quarter from 0 to 3."""
        template = "SUBSTR(%(expressions)s, 1, 13) || (SUBSTR(%(expressions)s, 15, 2) / 15)"
        return self.as_sql(compiler, connection, template=template, **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """An instant."""
        template = "DATE_BIN('15 minutes', %(expressions)s, TIMESTAMPTZ '2000-01-01 00:00+00')"
        return self.as_sql(compiler, connection, template=template, **extra)


@lru_cache(500)
def beginning(quarter: datetime | str) -> datetime:
    """When a :class:`Quarter` begins, in UTC."""
    if isinstance(quarter, datetime):
        return quarter.astimezone(UTC)
    hour = datetime.fromisoformat(quarter[:13]).replace(tzinfo=UTC)
    return hour.replace(minute=15 * int(quarter[13:]))


def key(name: str) -> ExpressionWrapper:
    """A UUID, to be compared and looked for only."""
    return ExpressionWrapper(F(name), output_field=CharField())


def first_hit() -> Cast:
    """The entry of the first pair of ``hits``; None where there is none."""
    return Cast(KeyTextTransform(0, KeyTransform(0, "hits")), BigIntegerField())
