"""Tells the engine what the outbox promises: read rows, build from what is, write, confirm.

A row goes only when the engine has confirmed it. A row that fails waits longer each time and
blocks no other; one that fails by itself is set aside in the end (see `outbox`). Running twice at
once is harmless: versions decide.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import Error, transaction
from django.db.models import F

from search.engine.protocol import Deletion, Engine, EngineBusy, EngineFailed, EngineMissing

from . import engines, generations, kept, outbox, standby
from .around import indexable, level_of
from .building import has_builder
from .documents import Built, build_to_keep
from .generations import State
from .models import IndexedDocument, IndexGeneration, IndexPointer, OutboxRow
from .signals import entries_indexed
from .vectors import progress

log = logging.getLogger(__name__)

BATCH = 200
#: So many failed writes in a row without a good one mean that the engine itself is ill.
PATIENCE = 4


@dataclass(slots=True)
class Outcome:
    """What became of a batch, by entry id."""

    confirmed: list[int] = field(default_factory=list)
    #: The engine knows a newer version: what was built may still be newer than what it has.
    overtaken: list[int] = field(default_factory=list)
    failed: dict[int, str] = field(default_factory=dict)
    #: Those of the failed that failed by themselves, while the engine and the database were well.
    at_fault: set[int] = field(default_factory=set)


def kick() -> None:
    """Have the outbox drained soon, without waiting for it."""
    from .background import kick as start

    start()


def drain(limit: int = BATCH, among: Collection[int] | None = None) -> int:
    """Handle up to ``limit`` entries that are due; returns how many rows were taken off.

    With ``among`` only entries of these ids.

    Raises `EngineMissing` where there is no index to write to: it must be built anew.
    """
    confirmed: frozenset[int] = frozenset()
    with outbox.claimed(limit, among) as versions:
        if not versions:
            return 0
        state = generations.state()
        outcome = Outcome()
        built = build_all(versions, outcome)
        _write(generations.opened(state.name), versions, built, outcome)
        if state.building:
            _write_too(state.building, versions, built, outcome)
        taken = confirm({i: versions[i] for i in outcome.confirmed}, built, state)
        if taken:
            confirmed = frozenset(outcome.confirmed)
        outbox.promise_again(outcome.overtaken, versions, "The index has a newer version.")
        outbox.postpone(versions, outcome.failed, outcome.at_fault)
    if confirmed:
        entries_indexed.send(sender=OutboxRow, ids=confirmed)
    return taken + len(outcome.overtaken)


def drain_all() -> int:
    """Handle rows until none is due; returns how many were taken off."""
    total = 0
    while taken := drain():
        total += taken
    return total


def drain_entries(ids: Collection[int]) -> int:
    """Handle these entries now, where they are due, and no others; returns the rows taken off.

    An engine that fails leaves them waiting.
    """
    try:
        return drain(len(ids), ids) if ids else 0
    except EngineFailed:
        log.warning("The engine failed; the changes wait", exc_info=True)
        return 0


def pending() -> int:
    """How many rows wait, due or not."""
    return OutboxRow.objects.count()


def build_all(
    versions: Mapping[int, int], outcome: Outcome, *, anew: bool = False
) -> dict[int, Built]:
    """Documents of the entries (id → version) by id; what cannot be built goes to ``outcome``.

    With ``anew`` nothing that is kept is used.
    """
    try:
        with transaction.atomic():
            return {b.document.id: b for b in build_to_keep(versions, anew=anew)}
    except Exception:
        log.warning("A batch could not be built; trying its entries one by one", exc_info=True)
    built: dict[int, Built] = {}
    for entry_id, version in versions.items():
        try:
            with transaction.atomic():
                one = build_to_keep({entry_id: version}, anew=anew)
                built.update({b.document.id: b for b in one})
        except Exception as error:
            log.exception("Entry %s cannot be indexed", entry_id)
            outcome.failed[entry_id] = repr(error)
            if not isinstance(error, Error):
                outcome.at_fault.add(entry_id)
    return built


def _write(
    engine: Engine, versions: Mapping[int, int], built: Mapping[int, Built], outcome: Outcome
) -> None:
    waiting = [[i for i in versions if i not in outcome.failed]]
    narrowed = _narrowed(outcome.failed)
    if narrowed:
        waiting.append(narrowed)  # first: what has been closed to readers must not be counted
    errors = 0
    while waiting:
        ids = waiting.pop()
        if not ids:
            continue
        try:
            stale = write(engine, ids, versions, built)
        except EngineMissing:
            raise
        except EngineFailed as error:
            errors += 1
            hopeless = errors >= PATIENCE and not outcome.confirmed
            if len(ids) == 1 or hopeless or isinstance(error, EngineBusy):
                outcome.failed.update(dict.fromkeys(ids, repr(error)))
                if len(ids) == 1 and not isinstance(error, EngineBusy) and _is_well(engine):
                    outcome.at_fault.update(ids)
            else:
                half = len(ids) // 2
                waiting += [ids[half:], ids[:half]]
        else:
            outcome.confirmed += [i for i in ids if i not in stale and i not in outcome.failed]
            outcome.overtaken += [i for i in ids if i in stale and i not in outcome.failed]


def _narrowed(failed: Mapping[int, str]) -> list[int]:
    """Those that cannot be built and that some who find them now may not see any more."""
    if not failed:
        return []
    known = dict(IndexedDocument.objects.filter(pk__in=list(failed)).values_list("pk", "level"))
    now = {
        pk: level_of(audience, confidence)
        for pk, audience, confidence in indexable()
        .filter(pk__in=list(known))
        .values_list("pk", "audience", "confidence")
    }
    return [pk for pk, level in known.items() if pk not in now or now[pk] > level]


def _is_well(engine: Engine) -> bool:
    """Whether the engine takes a change that is beyond reproach."""
    try:
        engine.write([], [Deletion(0, 0)])
    except EngineFailed:
        return False
    return True


def write(
    engine: Engine, ids: Iterable[int], versions: Mapping[int, int], built: Mapping[int, Built]
) -> frozenset[int]:
    """Write the documents that were built and delete the others; returns ids known newer."""
    ids = list(ids)
    documents = [built[i].document for i in ids if i in built]
    deletes = [Deletion(i, versions[i]) for i in ids if i not in built]
    return engine.write(documents, deletes).stale


def _write_too(
    building: str, versions: Mapping[int, int], built: Mapping[int, Built], outcome: Outcome
) -> None:
    """A generation that is being built hears of every change as well.

    Where it cannot take one, the rows stay for another attempt, as long as somebody is building;
    else it is void.
    """
    if not outcome.confirmed:
        return
    try:
        engine = engines.having(building).open(building)
        write(engine, outcome.confirmed, versions, built)
    except EngineFailed as error:
        row = IndexGeneration.objects.filter(name=building).first()
        if row and has_builder(row) and not isinstance(error, EngineMissing):
            outcome.failed.update(dict.fromkeys(outcome.confirmed, repr(error)))
            outcome.confirmed.clear()
            return
        log.exception("The generation being built could not take a change; its rebuild is void")
        IndexPointer.objects.filter(building=building).update(building="")


def confirm(versions: Mapping[int, int], built: Mapping[int, Built], state: State) -> int:
    """Keep what the engine has confirmed and take the rows off, in one transaction.

    Nothing is taken off where another generation than those of ``state`` is in use or being built
    by now: it has not heard of the change. Translations of an entry that came, went or changed its
    audience are promised anew.
    """
    if not versions:
        return 0
    with transaction.atomic():
        pointer = IndexPointer.objects.filter(name=state.name, building__in=(state.building, ""))
        if not pointer.update(changes=F("changes") + 1):
            return 0
        known = {
            row.entry_id: row
            for row in IndexedDocument.objects.select_for_update()
            .filter(entry_id__in=list(versions))
            .only("entry_id", "version", "level", "locale", "family")
        }
        fresh = {i: v for i, v in versions.items() if i not in known or known[i].version <= v}
        _keep([built[i] for i in fresh if i in built])
        gone = [i for i in fresh if i not in built]
        IndexedDocument.objects.filter(pk__in=gone).delete()
        progress.forget(gone)
        kept.forget(gone)
        _promise_family(fresh, known, built)
        return _take_off(versions)


def _keep(built: Sequence[Built]) -> None:
    if not built:
        return
    rows = [each.row for each in built]
    columns = [f.name for f in IndexedDocument._meta.concrete_fields if not f.primary_key]
    IndexedDocument.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["entry"], update_fields=columns, batch_size=200
    )
    kept.keep([each.analysed for each in built if each.analysed])
    progress.note({each.document.id: each.vectored for each in built})


def _take_off(versions: Mapping[int, int]) -> int:
    rows = OutboxRow.objects.filter(entry_id__in=list(versions), id__lte=max(versions.values()))
    done = [pk for pk, i in rows.values_list("id", "entry_id") if pk <= versions[i]]
    return OutboxRow.objects.filter(pk__in=done).delete()[0]


def _promise_family(
    fresh: Mapping[int, int], known: Mapping[int, IndexedDocument], built: Mapping[int, Built]
) -> None:
    moved: set[str] = set()
    for entry_id in fresh:
        before, after = known.get(entry_id), built.get(entry_id)
        was = before and (before.level, before.locale, before.family)
        now = after and (after.document.level, after.document.locale, after.document.family)
        if was != now:
            moved |= {state[2] for state in (was, now) if state}
    if not moved:
        return
    others = IndexedDocument.objects.filter(family__in=moved).exclude(pk__in=list(fresh))
    ids = list(others.values_list("pk", flat=True))
    standby.promise(ids)
    rows = [OutboxRow(entry_id=i) for i in ids]
    OutboxRow.objects.bulk_create(rows, batch_size=500)
