"""Opens the generation of the index that the pointer names, and makes the first one."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connection, transaction

from search.engine.guarded import GuardedEngine
from search.engine.protocol import Engine, EngineFailed, EngineMissing

from . import engines, tuning
from .analysis import fingerprint
from .models import IndexedDocument, IndexGeneration, IndexPointer
from .vectors import spaces

_POINTER = 1
#: One row of three texts and five numbers, of which `read` makes a `State`.
STATE = (
    "SELECT p.name, p.building,"
    " (SELECT g.model FROM search_index_indexgeneration g WHERE g.name = p.name AND g.by_meaning),"
    " (SELECT MIN(o.id) FROM search_index_outboxrow o WHERE o.set_aside IS NULL), p.changes,"
    " (SELECT t.version FROM search_index_tuningversion t WHERE t.id = 1),"
    " (SELECT MAX(e.id) FROM content_edition e), (SELECT COUNT(*) FROM content_edition e)"
    " FROM search_index_indexpointer p WHERE p.id = 1"
)
_lock = threading.Lock()
_opened: dict[tuple[int, str], Engine] = {}
_guarded: dict[str, GuardedEngine] = {}


@dataclass(frozen=True, slots=True)
class State:
    """The generation in use, the one being built ("" if none), whether changes wait for the
    engine, how often it has confirmed some, which tuning is in force, by which model's vectors
    the one in use can be searched ("" while by none: it keeps none, or too many are still to be
    made), and the edition of what readers see (`content.models.Edition.current`)."""

    name: str
    building: str
    changes_wait: bool
    changes: int
    tuning: int = 0
    model: str = ""
    edition: tuple[int, int] = (0, 0)

    @property
    def shown(self) -> tuple[str, int, int, str, tuple[int, int]]:
        """All that an answer depends on: while it is the same, so are the answers."""
        return self.name, self.changes, self.tuning, self.model, self.edition


def state() -> State:
    """The state now: one query, at every search.

    It is how a process hears at once that another one has switched, or that somebody has tuned.
    """
    with connection.cursor() as cursor:
        cursor.execute(STATE)
        row = cursor.fetchone()
    if row is None:
        name = _first()
        return replace(state(), name=name, changes_wait=True)
    return read(row)


def read(row: Sequence[Any]) -> State:
    """The state of a row of `STATE`; that tuning is in force in this process from now on."""
    name, building, model, waiting, changes, version, last, rows = row
    in_force = tuning.follow(version or 0)
    edition = (last or 0, rows)
    return State(name, building, waiting is not None, changes, in_force, model or "", edition)


def current() -> Engine:
    """The generation in use; raises `EngineFailed` where it cannot be opened."""
    return opened(state().name)


def opened(name: str) -> Engine:
    """The generation ``name``, opened once in a process.

    Raises `EngineMissing` where it was lost: what it held must be built anew (`upkeep`).
    """
    key = (os.getpid(), f"{settings.INDEX_DIR}/{settings.ELASTICSEARCH_PREFIX}/{name}")
    if found := _opened.get(key):
        return found
    with _lock:
        if key not in _opened:
            engine = _open(name)
            _opened.clear()
            _opened[key] = engine
        return _opened[key]


def reading(name: str) -> Engine:
    """The generation ``name`` for those who wait for an answer: an engine elsewhere is asked with
    a limit of time and spared while it fails (`EngineBusy`)."""
    if engines.kind_of(name) == "embedded":
        return opened(name)
    key = f"{settings.ELASTICSEARCH_URL} {settings.ELASTICSEARCH_PREFIX} {name}"
    if key not in _guarded:
        with _lock:
            _guarded.clear()
            _guarded[key] = GuardedEngine("Elasticsearch", lambda: opened(name))
    return _guarded[key]


def spared() -> bool:
    """Whether this process asks an engine elsewhere no more, because it fails."""
    return any(engine.breaker.is_open for engine in _guarded.values())


def forget() -> None:
    """Let go of opened generations (after a switch, and between tests)."""
    with _lock:
        _opened.clear()


def _open(name: str) -> Engine:
    among = engines.having(name)
    try:
        return among.open(name)
    except EngineMissing:
        if IndexedDocument.objects.exists():
            raise
        try:
            among.create(name, spaces.of_generation(name))
        except EngineFailed:
            return among.open(name)  # another process was faster
    among.use(name)
    return among.open(name)


def _first() -> str:
    name = engines.new_name()
    try:
        with transaction.atomic():
            pointer, made = IndexPointer.objects.get_or_create(pk=_POINTER, defaults={"name": name})
            if made:
                model = spaces.at_first()
                IndexGeneration.objects.create(name=name, analysis=fingerprint(name), model=model)
    except IntegrityError:
        pointer = IndexPointer.objects.get(pk=_POINTER)
    return pointer.name
