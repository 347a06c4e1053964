"""Inserts many new rows with their values as they are.

`bulk_create` looks at each value as if it might be an expression, and asks its field three times
what becomes of it; for the small values of a search that takes longer than all the rest of writing.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model

#: What databases take as it is.
_PLAIN = frozenset({str, int, float, bool, type(None)})


def insert(rows: Sequence[Model]) -> None:
    """Insert new rows of one model (with a key that the database gives), and give them their keys.

    As with `bulk_create` neither `save` nor its signals are called.
    """
    if not rows:
        return
    # The connection itself: to find it takes as long as to prepare a value.
    connection = connections[DEFAULT_DB_ALIAS]
    meta = type(rows[0])._meta
    fields = [field for field in meta.concrete_fields if not field.primary_key]
    names = [field.attname for field in fields]
    prepared = {f.attname: partial(f.get_db_prep_save, connection=connection) for f in fields}
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(str(field.column)) for field in fields)
    into = f"INSERT INTO {quoted(meta.db_table)} ({columns})"
    one = f"({', '.join(['%s'] * len(fields))})"
    returning = f"RETURNING {quoted(str(meta.pk.column))}"
    step = connection.ops.bulk_batch_size(fields, rows)
    with connection.cursor() as cursor:
        for start in range(0, len(rows), step):
            some = rows[start : start + step]
            values = [
                value if type(value := getattr(row, name)) in _PLAIN else prepared[name](value)
                for row in some
                for name in names
            ]
            sql = f"{into} VALUES {', '.join([one] * len(some))} {returning}"
            cursor.execute(sql, values)
            for row, (key,) in zip(some, cursor.fetchall(), strict=True):
                row.pk = key
                row._state.adding, row._state.db = False, connection.alias
