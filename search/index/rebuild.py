"""Writes a new generation while changes go on, checks that it is whole, and switches at once."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence

from django.db import transaction

from search.engine.protocol import Engine, EngineFailed

from . import check, drain, generations
from .documents import build, indexable
from .models import IndexedDocument, IndexPointer

BATCH = 500

Progress = Callable[[int, int], None]


class RebuildFailed(Exception):
    """The new generation was not put to use; the old one serves on."""


def rebuild(progress: Progress = lambda done, total: None) -> int:
    """Build, check and switch; returns the number of documents. Raises `RebuildFailed`.

    From the first moment on, every drain writes to both generations; so what changes during the
    rebuild is in the new one too, and versions keep its older reading from covering it.
    """
    generations.state()
    name = generations.new_name()
    engine = generations.generations().create(name)
    old = _announce(name)
    try:
        _fill(engine, progress)
        drain.drain_all()
        _complete(engine)
        _switch(old, name)
    except BaseException:
        IndexPointer.objects.filter(building=name).update(building="")
        engine.close()
        generations.generations().destroy(name)
        raise
    engine.close()
    _tidy(name)
    return generations.current().count()


def _announce(name: str) -> str:
    with transaction.atomic():
        pointer = IndexPointer.objects.select_for_update().get()
        if pointer.building:
            generations.generations().destroy(pointer.building)
        pointer.building = name
        pointer.save(update_fields=["building", "switched"])
        return pointer.name


def _fill(engine: Engine, progress: Progress) -> None:
    total, done = indexable().count(), 0
    for ids in _batches():
        known = dict(IndexedDocument.objects.filter(pk__in=ids).values_list("pk", "version"))
        versions = {i: known.get(i, 0) for i in ids}
        built = {b.document.id: b for b in build(versions)}
        try:
            stale = engine.write([b.document for b in built.values()]).stale
        except EngineFailed as error:
            raise RebuildFailed(str(error)) from error
        _keep({i: b for i, b in built.items() if i not in stale})
        done += len(ids)
        progress(done, max(total, done))


def _keep(built: dict) -> None:
    """Passages follow what was read now, unless a drain has confirmed something newer meanwhile."""
    with transaction.atomic():
        rows = IndexedDocument.objects.select_for_update().filter(pk__in=list(built))
        newer = {
            pk
            for pk, version in rows.values_list("pk", "version")
            if version > built[pk].row.version
        }
        drain._keep([b.row for i, b in built.items() if i not in newer])


def _batches() -> Iterator[Sequence[int]]:
    """Ids of all entries by batches, each read when its turn comes, so that new ones are met."""
    last = 0
    while ids := list(
        indexable().filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]
    ):
        yield ids
        last = ids[-1]


def _complete(engine: Engine) -> None:
    differences = check.compare(engine, waiting_is_fine=True)
    if differences:
        shown = "; ".join(str(d) for d in itertools.islice(differences, 5))
        raise RebuildFailed(
            f"The new index is not complete ({len(differences)} differences: {shown}). "
            "The old one is kept; run rebuild_index again."
        )


def _switch(old: str, name: str) -> None:
    changed = IndexPointer.objects.filter(name=old, building=name).update(name=name, building="")
    if not changed:
        raise RebuildFailed(
            "Another rebuild was faster, or a change could not be written to the new index. "
            "The index in use is unharmed; run rebuild_index again."
        )


def _tidy(name: str) -> None:
    generations.forget()
    everything = generations.generations()
    for other in everything.names():
        if other != name:
            everything.destroy(other)
