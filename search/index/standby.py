"""The standby: each node's embedded copy of the index, for when an engine elsewhere fails.

Every promise to the engine is written down for each node as well, in the same transaction. A node
takes its own rows off as it follows, whatever the engine does; so none is passed over, and each
node knows the time of its content. A copy that is missing, or was made by another analysis, is
filled from the database; a node that has been silent for long is forgotten and begins anew.
"""

from __future__ import annotations

import fcntl
import hashlib
import logging
import os
import socket
import threading
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import close_old_connections
from django.db.models import Max, Min
from django.utils import timezone

from search.engine.embedded import EmbeddedEngine
from search.engine.embedded_generations import EmbeddedGenerations
from search.engine.protocol import EngineFailed, EngineMissing

from .analysis import fingerprint
from .around import indexable
from .models import StandbyNode, StandbyRow
from .vectors import spaces

log = logging.getLogger(__name__)

BATCH = 200
#: Seconds between two looks at what is new; silence after which a node is forgotten.
PAUSE = 1.0
SILENCE = timedelta(days=1)
_SEEN_EVERY = timedelta(seconds=30)

_following: tuple[int, threading.Thread] | None = None
_start = threading.Lock()
_opened: dict[tuple[int, str], EmbeddedEngine] = {}


def is_wanted() -> bool:
    """Whether the engine is elsewhere, so that it may fail while this node is well."""
    return bool(settings.ELASTICSEARCH_URL)


def node() -> str:
    """The name of this node: machine and folder, so that two sites on one machine are two."""
    place = hashlib.sha1(str(settings.INDEX_DIR).encode(), usedforsecurity=False).hexdigest()
    return f"{socket.gethostname()[:60]}-{place[:12]}"


def promise(ids: Iterable[int]) -> None:
    """Write down for each node that it must hear of these entries."""
    if not is_wanted():
        return
    nodes = list(StandbyNode.objects.values_list("pk", flat=True))
    rows = [StandbyRow(node_id=name, entry_id=i) for name in nodes for i in sorted(set(ids))]
    StandbyRow.objects.bulk_create(rows, batch_size=500)


def start() -> None:
    """Have a thread of this process follow, unless ``INDEX_DRAIN`` leaves it to the worker."""
    global _following  # noqa: PLW0603
    if settings.INDEX_DRAIN != "thread" or _is_followed():
        return
    with _start:
        if not _is_followed():
            thread = threading.Thread(target=_follow_on, name="standby", daemon=True)
            _following = (os.getpid(), thread)
            thread.start()


def is_filled() -> bool:
    """Whether this node has its copy."""
    return StandbyNode.objects.filter(pk=node(), filled__isnull=False).exists()


def engine() -> EmbeddedEngine:
    """This node's copy; raises `EngineMissing` where it is not filled yet."""
    row = StandbyNode.objects.filter(pk=node()).first()
    if row is None or row.filled is None:
        raise EngineMissing("This node has no standby yet.")
    return _open(row.generation)


def content_time() -> datetime:
    """Up to which moment this node's copy has everything."""
    oldest = StandbyRow.objects.filter(node_id=node()).aggregate(oldest=Min("created"))["oldest"]
    return oldest or timezone.now()


def waiting() -> Iterable[int]:
    """Entries that this node's copy has not heard of yet."""
    return StandbyRow.objects.filter(node_id=node()).values_list("entry_id", flat=True)


def follow() -> int:
    """Bring this node's copy up to date, unless another process is at it; returns rows taken."""
    with _alone() as mine:
        if not mine:
            return 0
        row, _ = StandbyNode.objects.get_or_create(pk=node(), defaults={"seen": timezone.now()})
        if row.seen < timezone.now() - _SEEN_EVERY:
            StandbyNode.objects.filter(pk=row.pk).update(seen=timezone.now())
            StandbyNode.objects.filter(seen__lt=timezone.now() - SILENCE).delete()
            StandbyRow.objects.exclude(node__in=StandbyNode.objects.all()).delete()
        if not _is_whole(row):
            _fill(row)
        taken = total = _apply(row)
        while taken:
            total += (taken := _apply(row))
        return total


def _is_followed() -> bool:
    return _following is not None and _following[0] == os.getpid() and _following[1].is_alive()


def _follow_on() -> None:
    pause = threading.Event()
    while settings.INDEX_DRAIN == "thread":
        try:
            close_old_connections()
            follow()
        except Exception:
            log.exception("The standby could not be brought up to date; trying again")
            pause.wait(10 * PAUSE)
        pause.wait(PAUSE)


def _generations() -> EmbeddedGenerations:
    return EmbeddedGenerations(Path(settings.INDEX_DIR) / "standby")


def _open(generation: str) -> EmbeddedEngine:
    key = (os.getpid(), f"{settings.INDEX_DIR}/{generation}")
    if key not in _opened:
        opened = _generations().open(generation)
        _opened.clear()
        _opened[key] = opened
    return _opened[key]


def _is_whole(row: StandbyNode) -> bool:
    there = (Path(settings.INDEX_DIR) / "standby" / row.generation / "meta.json").exists()
    return row.filled is not None and there and row.analysis == fingerprint(row.generation)


def _fill(row: StandbyNode) -> None:
    """From the database. What was promised before is read with it; what comes later waits."""
    log.warning("The standby of this node is filled from the database")
    StandbyNode.objects.filter(pk=row.pk).update(filled=None)
    known = StandbyRow.objects.filter(node=row).aggregate(last=Max("id"))["last"] or 0
    StandbyRow.objects.filter(node=row, id__lte=known).delete()
    generations, name = _generations(), f"standby-{uuid.uuid4().hex[:12]}"
    fresh = generations.create(name, spaces.of_model(spaces.at_rebuild()))
    last = 0
    while ids := list(
        indexable().filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]
    ):
        _write(fresh, dict.fromkeys(ids, 0))
        last = ids[-1]
    row.filled, row.generation, row.analysis = timezone.now(), name, fingerprint(name)
    row.seen = timezone.now()
    row.save()
    for other in generations.names():
        if other != name:
            generations.destroy(other)


def _apply(row: StandbyNode) -> int:
    rows = list(StandbyRow.objects.filter(node=row).order_by("id")[:BATCH])
    if not rows:
        return 0
    versions = {each.entry_id: each.pk for each in rows}
    for entry_id in _write(_open(row.generation), versions):
        # Committed after a younger one: its change may not be in what that one read.
        StandbyRow.objects.create(node=row, entry_id=entry_id)
    StandbyRow.objects.filter(pk__in=[each.pk for each in rows]).delete()
    return len(rows)


def _write(engine: EmbeddedEngine, versions: Mapping[int, int]) -> frozenset[int]:
    from .drain import Outcome, build_all, write

    outcome = Outcome()
    built = build_all(versions, outcome)
    if outcome.failed.keys() - outcome.at_fault:
        raise EngineFailed(f"Entries could not be read: {next(iter(outcome.failed.values()))}")
    # What cannot be built is not shown at all: nobody would know to whom it may be shown.
    return write(engine, versions, versions, built)


@contextmanager
def _alone() -> Iterator[bool]:
    """True for one process of this node at a time; a killed one lets go."""
    folder = Path(settings.INDEX_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "standby.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
