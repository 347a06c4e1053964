"""Numbers that no row can have: on SQLite they find nothing, as they do on PostgreSQL.

Django looks out for them where a number is compared with a number. Where it is compared with the
key of a related row, or looked for in a list, SQLite's driver raises OverflowError, so that a
number of twenty digits in a choice field would break the page instead of being no valid choice.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import ForeignObject, IntegerField
from django.db.models.fields.related_lookups import RelatedExact, RelatedIn
from django.db.models.lookups import In

_LARGEST = (1 << 63) - 1


def _fits(value: Any) -> bool:
    return not isinstance(value, int) or abs(value) <= _LARGEST


class _FittingIn:
    """A list without the numbers that do not fit."""

    def as_sqlite(self: Any, compiler: Any, connection: Any) -> Any:
        """SQL and its parameters."""
        if self.rhs_is_direct_value():
            self.rhs = [value for value in self.rhs if _fits(value)]
        return self.as_sql(compiler, connection)


class FittingIn(_FittingIn, In):
    """``number__in``."""


class FittingRelatedIn(_FittingIn, RelatedIn):
    """``related__in``."""


class FittingRelatedExact(RelatedExact):
    """``related=``."""

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        """SQL and its parameters; nothing is found by what does not fit."""
        if not _fits(self.rhs):
            raise EmptyResultSet
        return self.as_sql(compiler, connection)


def register() -> None:
    """Take the places of Django's own lookups."""
    IntegerField.register_lookup(FittingIn)
    ForeignObject.register_lookup(FittingRelatedIn)
    ForeignObject.register_lookup(FittingRelatedExact)
