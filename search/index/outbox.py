"""The rows that wait for the engine: who may take which, and what becomes of those that fail.

Several processes share the outbox. On PostgreSQL each takes the oldest row of an entry with
``SKIP LOCKED`` and keeps it until it is done, so that an entry is told by one of them at a time; on
SQLite, where a transaction of that length would keep everybody from saving, they take turns by a
lock on a file. A killed process lets go of either.
"""

from __future__ import annotations

import fcntl
import logging
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from .models import OutboxRow

log = logging.getLogger(__name__)

#: An entry that failed by itself waits at most so long; what a failing engine could not take, less,
#: so that it is there soon after its return.
LONGEST_WAIT, LONGEST_OUTAGE = timedelta(minutes=10), timedelta(seconds=15)
#: Failures of its own after which an entry is set aside until somebody looks at it.
PATIENCE = 5
#: Seconds to wait for one's turn; who waited in vain drains all the same: versions decide.
TURN = 30.0


@contextmanager
def claimed(limit: int, among: Collection[int] | None = None) -> Iterator[dict[int, int]]:
    """Entry id → version (the highest id of its rows) of at most ``limit`` entries that are due.

    With ``among`` only these. They are the caller's alone until the block ends.
    """
    with ExitStack() as held:
        if connection.features.has_select_for_update_skip_locked:
            held.enter_context(transaction.atomic())
            leads = _leads(among).select_for_update(skip_locked=True)
        else:
            held.enter_context(_turn())
            leads = _leads(among)
        ids = list(leads.values_list("entry_id", flat=True)[:limit])
        rows = OutboxRow.objects.filter(entry_id__in=ids).order_by("id")
        yield dict(rows.values_list("entry_id", "id"))  # in order of id: the last one stays


def anything_waits() -> bool:
    """Whether rows wait, due or not, that are not set aside."""
    return OutboxRow.objects.filter(set_aside__isnull=True).exists()


def postpone(
    versions: Mapping[int, int], failed: Mapping[int, str], at_fault: Collection[int] = ()
) -> None:
    """Let entries wait, longer each time; set aside those that failed by themselves too often."""
    now = timezone.now()
    for entry_id, error in failed.items():
        rows = OutboxRow.objects.filter(entry_id=entry_id, id__lte=versions[entry_id])
        attempts = rows.aggregate(most=Max("attempts"))["most"] or 0
        longest = LONGEST_WAIT if entry_id in at_fault else LONGEST_OUTAGE
        wait = min(longest, timedelta(seconds=0.5 * 2 ** min(attempts, 12)))
        aside = entry_id in at_fault and attempts + 1 >= PATIENCE
        rows.update(
            attempts=F("attempts") + 1,
            not_before=now + wait,
            last_error=error[:300],
            set_aside=now if aside else None,
        )
        if aside:
            log.error(
                "Entry %s cannot be indexed and is set aside: %s. See Reports > Changes that "
                "could not be indexed.",
                entry_id,
                error,
            )


def promise_again(entries: Collection[int], versions: Mapping[int, int], reason: str) -> None:
    """Replace rows whose version the engine has left behind by one with a newer version.

    It happens where a row was committed after a younger one; its change may not be in the index.
    """
    for entry_id in entries:
        rows = OutboxRow.objects.filter(entry_id=entry_id, id__lte=versions[entry_id])
        attempts = rows.aggregate(most=Max("attempts"))["most"] or 0
        wait = timedelta(seconds=0.5 * 2 ** min(attempts, 12)) if attempts else timedelta(0)
        OutboxRow.objects.create(
            entry_id=entry_id,
            attempts=attempts + 1,
            not_before=timezone.now() + min(LONGEST_WAIT, wait),
            last_error=reason[:300],
        )
        rows.delete()


def retry(ids: Collection[int] | None = None) -> int:
    """Try entries again at once, those set aside included; all of them where no ids are given."""
    rows = OutboxRow.objects.all() if ids is None else OutboxRow.objects.filter(entry_id__in=ids)
    return rows.update(not_before=None, set_aside=None, attempts=0)


def set_aside() -> QuerySet[OutboxRow]:
    """Rows that wait for a person."""
    return OutboxRow.objects.filter(set_aside__isnull=False)


def _due() -> Q:
    now = timezone.now()
    return Q(set_aside__isnull=True) & (Q(not_before__isnull=True) | Q(not_before__lte=now))


def _leads(among: Collection[int] | None) -> QuerySet[OutboxRow]:
    """The oldest row of each entry of which a row is due: a change frees what waits before it."""
    same = OutboxRow.objects.filter(entry_id=OuterRef("entry_id"))
    older = same.filter(id__lt=OuterRef("id"))
    leads = OutboxRow.objects.filter(~Exists(older), Exists(same.filter(_due()))).order_by("id")
    return leads if among is None else leads.filter(entry_id__in=among)


@contextmanager
def _turn() -> Iterator[None]:
    lock = _lock_file()
    if lock is None:
        yield
        return
    with lock:
        deadline = time.monotonic() + TURN
        while time.monotonic() < deadline:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(0.02)
            else:
                break
        yield


def _lock_file() -> IO[str] | None:
    try:
        return (Path(settings.VAR_DIR) / "outbox.lock").open("a")
    except OSError:
        log.warning("The outbox cannot be locked; draining all the same", exc_info=True)
        return None
