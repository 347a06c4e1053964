"""Opens the generation of the index that the pointer names, and makes the first one."""

from __future__ import annotations

import os
import threading
import uuid
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, connection

from search.engine.embedded import EmbeddedGenerations
from search.engine.protocol import Engine, EngineMissing, Generations

from . import tuning
from .models import IndexPointer

_POINTER = 1
_STATE = (
    "SELECT p.name, p.building, (SELECT MIN(o.id) FROM search_index_outboxrow o), p.changes,"
    " (SELECT t.version FROM search_index_tuningversion t WHERE t.id = 1)"
    " FROM search_index_indexpointer p WHERE p.id = 1"
)
_lock = threading.Lock()
_opened: dict[tuple[int, str], Engine] = {}


@lru_cache(maxsize=4)
def _generations(root: Path) -> Generations:
    return EmbeddedGenerations(root)


def generations() -> Generations:
    """The indexes of this site, kept under ``VAR_DIR``."""
    return _generations(Path(settings.INDEX_DIR))


def new_name() -> str:
    """A name that no other generation has."""
    return f"g{uuid.uuid4().hex[:12]}"


@dataclass(frozen=True, slots=True)
class State:
    """The generation in use, the one being built ("" if none), whether changes wait for the
    engine, how often it has confirmed some, and which tuning is in force."""

    name: str
    building: str
    changes_wait: bool
    changes: int
    tuning: int = 0


def state() -> State:
    """The state now: one query, at every search.

    It is how a process hears at once that another one has switched, or that somebody has tuned.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STATE)
        row = cursor.fetchone()
    if row is None:
        name = _first()
        return replace(state(), name=name, changes_wait=True)
    in_force = tuning.follow(row[4] or 0)
    return State(row[0], row[1], row[2] is not None, changes=row[3], tuning=in_force)


def current() -> Engine:
    """The generation in use; raises `EngineFailed` where it cannot be opened."""
    return opened(state().name)


def opened(name: str) -> Engine:
    """The generation ``name``, opened once in a process; an index that was lost starts empty."""
    key = (os.getpid(), f"{settings.INDEX_DIR}/{name}")
    if found := _opened.get(key):
        return found
    with _lock:
        if key not in _opened:
            try:
                engine = generations().open(name)
            except EngineMissing:
                engine = generations().create(name)
            _opened.clear()
            _opened[key] = engine
        return _opened[key]


def forget() -> None:
    """Let go of opened generations (after a switch, and between tests)."""
    with _lock:
        _opened.clear()


def _first() -> str:
    try:
        pointer, _ = IndexPointer.objects.get_or_create(pk=_POINTER, defaults={"name": new_name()})
    except IntegrityError:
        pointer = IndexPointer.objects.get(pk=_POINTER)
    return pointer.name
