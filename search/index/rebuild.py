"""Writes a new generation while changes go on, checks that it is whole, and switches at once."""

from __future__ import annotations

import itertools
import signal
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress

from django.db import transaction

from content.among import Many
from search.engine.protocol import Engine, EngineDocument, EngineFailed

from . import check, drain, engines, generations, listeners
from .around import indexable
from .building import Building, RebuildFailed
from .documents import Built
from .models import IndexedDocument, IndexGeneration, IndexPointer

__all__ = ["RebuildFailed", "rebuild"]

#: Entries read at once; the first time, so that the engine need not wait long.
BATCH, FIRST = 500, 60
#: How often what differs between database and new index is told to it before it is given up.
ROUNDS = 3

Progress = Callable[[int, int], None]


def rebuild(progress: Progress = lambda done, total: None, *, anew: bool = False) -> int:
    """Build, check and switch; returns the number of documents. Raises `RebuildFailed`.

    From the first moment on, every drain writes to both generations; so what changes during the
    rebuild is in the new one too, and versions keep its older reading from covering it. Stopped at
    any moment, it goes on from there when called again, unless ``anew`` or the analysis is another
    one by now. What is kept of the analysis of texts that are the same is used again, unless
    ``anew``. The generation that served until the switch is kept until the next rebuild.
    """
    old = generations.state().name
    with Building.begin(anew=anew) as building:
        try:
            engine = building.open()
            _fill(engine, building, progress, anew=anew)
            _complete(engine, building)
            count = engine.count()
            _switch(building.name)
        except EngineFailed as error:
            raise RebuildFailed(
                f"The engine failed: {error}. The index in use is unharmed, and what was built is "
                "kept; run rebuild_index again to go on."
            ) from error
    generations.forget()
    _tidy({building.name, old})
    return count


def _fill(engine: Engine, building: Building, progress: Progress, *, anew: bool) -> None:
    under_way: deque[dict[int, Built]] = deque()
    done = building.row.done
    total = max(done, indexable().count())

    def batches() -> Iterator[Sequence[EngineDocument]]:
        for ids in _batches(building.row.reached):
            under_way.append(_read(ids, anew=anew))
            yield [b.document for b in under_way[-1].values()]

    progress(done, total)
    for report in engine.fill(batches()):
        built = under_way.popleft()
        _keep({i: b for i, b in built.items() if i not in report.stale})
        done += len(built)
        total = max(done, total)
        building.reached(max(built, default=building.row.reached), done, total)
        progress(done, total)


def _read(ids: Sequence[int], *, anew: bool) -> dict[int, Built]:
    known = dict(IndexedDocument.objects.filter(pk__among=Many(ids)).values_list("pk", "version"))
    outcome = drain.Outcome()
    built = drain.build_all({i: known.get(i, 0) for i in ids}, outcome, anew=anew)
    if outcome.failed.keys() - outcome.at_fault:
        raise RebuildFailed(f"Entries could not be read: {next(iter(outcome.failed.values()))}")
    listeners.promise(outcome.at_fault)  # it will be tried again, and set aside in the end
    return built


def _keep(built: Mapping[int, Built]) -> None:
    """Passages follow what was read now, unless a drain has confirmed something newer meanwhile."""
    with transaction.atomic():
        rows = IndexedDocument.objects.select_for_update().filter(pk__among=Many(built))
        there = {
            pk
            for pk, version, mark in rows.values_list("pk", "version", "fingerprint")
            if version > built[pk].document.version or _is_same(built[pk], version, mark)
        }
        drain._keep([b for i, b in built.items() if i not in there])


def _is_same(built: Built, version: int, mark: str) -> bool:
    """Whether the row that is there is the one that would be written: its texts are those that the
    analysis was kept of, in the same transaction (see `kept`)."""
    same = (version, mark) == (built.document.version, built.fingerprint)
    return same and built.analysed is None


def _batches(after: int) -> Iterator[Sequence[int]]:
    """Ids of all entries by batches, each read when its turn comes, so that new ones are met."""
    size = min(FIRST, BATCH)
    while ids := list(
        indexable().filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:size]
    ):
        yield ids
        after, size = ids[-1], min(BATCH, 2 * size)


def _complete(engine: Engine, building: Building) -> None:
    """Compare; what differs, for it changed at an awkward moment, is told to the engine again."""
    for left in reversed(range(ROUNDS)):
        with suppress(EngineFailed):  # the old engine may be what the rebuild leads away from
            drain.drain_all()
        building.beat()
        differences = check.compare(engine, waiting_is_fine=True)
        if not differences:
            return
        if left:
            listeners.promise(d.entry_id for d in differences)
    shown = "; ".join(str(d) for d in itertools.islice(differences, 5))
    raise RebuildFailed(
        f"The new index is not complete ({len(differences)} differences: {shown}). "
        "The old one is kept; run rebuild_index again."
    )


def _switch(name: str) -> None:
    """The pointer and, where the engine knows one in use itself, its aliases: both or neither."""
    with transaction.atomic():
        changed = IndexPointer.objects.filter(building=name).update(name=name, building="")
        if not changed:
            raise RebuildFailed(
                "Another rebuild was faster, or the new index was lost. "
                "The index in use is unharmed; run rebuild_index again."
            )
        engines.having(name).use(name)


def _tidy(kept: set[str]) -> None:
    for among, name in engines.all_generations():
        if name not in kept:
            among.destroy(name)
    IndexGeneration.objects.exclude(name__in=kept).delete()


@contextmanager
def stoppable() -> Iterator[None]:
    """A polite end (SIGTERM) ends the rebuild like Ctrl-C does: it can be continued at once."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
