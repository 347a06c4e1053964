"""Hears what content announces: a row for each changed entry, in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from content.signals import entries_changed, import_began, import_ended

from . import aside, drain, standby
from .models import OutboxRow


def connect() -> None:
    """Listen to ``content``."""
    entries_changed.connect(_changed, dispatch_uid="search.index.outbox")
    import_began.connect(aside.start, dispatch_uid="search.index.aside.start")
    import_ended.connect(aside.finish, dispatch_uid="search.index.aside.finish")


def _changed(ids: Iterable[int], **_: Any) -> None:
    promise(ids)


def promise(ids: Iterable[int]) -> range:
    """Write down that the engine must hear of these entries, and start telling it after commit.

    Returns the range of rows in which the promise is written.
    """
    rows = [OutboxRow(entry_id=entry_id) for entry_id in sorted(set(ids))]
    if not rows:
        return range(0)
    standby.promise(row.entry_id for row in rows)
    made = [row.pk for row in OutboxRow.objects.bulk_create(rows, batch_size=500)]
    transaction.on_commit(drain.kick, robust=True)
    return range(min(made), max(made) + 1)
