"""A lookup for many values: ``column__among=Many(values)`` is one parameter for all of them.

``__in`` has one for each, which take Django longer to prepare than the database to find.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.db.models import Field, ForeignKey, Lookup


class Many:
    """Values for ``among``. (A bare list Django would search for expressions.)"""

    __slots__ = ("values",)

    def __init__(self, values: Iterable[Any]) -> None:
        self.values = list(values)


@Field.register_lookup
@ForeignKey.register_lookup
class Among(Lookup):
    """Whether a column holds one of `Many` values."""

    lookup_name = "among"
    prepare_rhs = False
    rhs: Many

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """``= ANY`` of an array; SQLite has no arrays and opens a list as JSON."""
        column, params = self.process_lhs(compiler, connection)
        field = self.lhs.output_field
        values: Any = [
            each if isinstance(each, (int, str)) else field.get_db_prep_value(each, connection)
            for each in self.rhs.values
        ]
        one_of = "= ANY(%s)"
        if connection.vendor == "sqlite":
            values, one_of = json.dumps(values), "IN (SELECT value FROM json_each(%s))"
        return f"{column} {one_of}", (*params, values)
