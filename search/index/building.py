"""The generation that is being built: whose work it is, how far it has come, whether to go on."""

from __future__ import annotations

import os
import socket
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from search.engine.protocol import Engine, EngineFailed, EngineMissing

from . import engines
from .analysis import fingerprint
from .models import IndexGeneration, IndexPointer
from .vectors import spaces

#: Who builds shows that he lives with every batch; after this silence another may go on.
SILENCE = timedelta(seconds=60)


class RebuildFailed(Exception):
    """The new generation was not put to use; the old one serves on."""


@dataclass(slots=True)
class Building:
    """A generation under construction, held by this process."""

    row: IndexGeneration

    @property
    def name(self) -> str:
        """Its name."""
        return self.row.name

    @classmethod
    @contextmanager
    def begin(cls, *, anew: bool) -> Iterator[Building]:
        """Take up the work where it was left, or begin anew; let go of it at the end.

        Raises `RebuildFailed` while another process is at it.
        """
        kept = None if anew else _continued()
        building = cls(kept or _started())
        try:
            yield building
        finally:
            _mine(building.row).update(builder="", beat=None)

    def open(self) -> Engine:
        """The index that is being filled."""
        return engines.having(self.name).open(self.name)

    def reached(self, entry_id: int, done: int, total: int) -> None:
        """Write down how far it has come; raises `RebuildFailed` if another has taken it over."""
        row = self.row
        row.reached, row.done, row.total = max(row.reached, entry_id), done, total
        self._write(reached=row.reached, done=done, total=total)

    def beat(self) -> None:
        """Show that somebody is at it."""
        self._write()

    def _write(self, **columns: int) -> None:
        if not _mine(self.row).update(beat=timezone.now(), **columns):
            raise RebuildFailed("Another rebuild has taken over. The index in use is unharmed.")


def under_way() -> IndexGeneration | None:
    """The generation that is being built, whoever is at it or not; None where there is none."""
    name = IndexPointer.objects.values_list("building", flat=True).first()
    return IndexGeneration.objects.filter(name=name).first() if name else None


def has_builder(row: IndexGeneration) -> bool:
    """Whether a process that lives is at it."""
    if not row.builder or row.beat is None or row.beat < timezone.now() - SILENCE:
        return False
    host, pid, _ = row.builder.rsplit(":", 2)
    return host != socket.gethostname() or _lives(int(pid))


def _continued() -> IndexGeneration | None:
    """The generation that a stopped rebuild has left, taken over; None where it is of no use."""
    with transaction.atomic():
        row = _left()
        if row is None or row.analysis != fingerprint(row.name):
            return None
        if engines.kind_of(row.name) != engines.configured():
            return None
        try:
            engines.having(row.name).open(row.name)
        except EngineMissing:
            return None
        except EngineFailed as error:
            raise RebuildFailed(f"The engine failed: {error}. Nothing was changed.") from error
        return _held(row)


def _started() -> IndexGeneration:
    """A new, empty generation, announced so that every change from now on reaches it too."""
    name = engines.new_name()
    among = engines.having(name)
    try:
        model = spaces.at_rebuild()
        among.create(name, spaces.of_model(model))
    except EngineFailed as error:
        raise RebuildFailed(f"The engine failed: {error}. Nothing was changed.") from error
    try:
        with transaction.atomic():
            _left()
            IndexPointer.objects.update(building=name)
            return _held(
                IndexGeneration(
                    name=name,
                    analysis=fingerprint(name),
                    model=model,
                    by_meaning=spaces.is_complete(model),
                )
            )
    except RebuildFailed:
        among.destroy(name)
        raise


def _left() -> IndexGeneration | None:
    """What the pointer names as being built, with the pointer locked; nobody may be at it."""
    pointer = IndexPointer.objects.select_for_update().get()
    row = (
        IndexGeneration.objects.filter(name=pointer.building).first() if pointer.building else None
    )
    if row and has_builder(row):
        raise RebuildFailed(
            f"A rebuild is under way: {row.done} of {row.total} entries are written. "
            "Wait for it, or stop it first."
        )
    return row


def _held(row: IndexGeneration) -> IndexGeneration:
    row.builder = f"{socket.gethostname()[:60]}:{os.getpid()}:{uuid.uuid4().hex[:12]}"
    row.beat = timezone.now()
    row.save()
    return row


def _mine(row: IndexGeneration) -> QuerySet[IndexGeneration]:
    return IndexGeneration.objects.filter(pk=row.pk, builder=row.builder)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
