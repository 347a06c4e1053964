"""Tells the engine what the outbox promises: read rows, build from what is, write, confirm.

A row goes only when the engine has confirmed it. A row that fails waits longer each time and
blocks no other. Running twice at once is harmless: versions decide.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from search.engine.protocol import Deletion, Engine, EngineBusy, EngineFailed, EngineMissing

from . import engines, generations
from .building import has_builder
from .documents import Built, build
from .generations import State
from .models import IndexedDocument, IndexGeneration, IndexPointer, OutboxRow
from .signals import entries_indexed

log = logging.getLogger(__name__)

BATCH = 200
LONGEST_WAIT = timedelta(minutes=10)
#: So many failed writes in a row without a good one mean that the engine itself is ill.
PATIENCE = 4


@dataclass(slots=True)
class _Outcome:
    """What became of a batch, by entry id."""

    confirmed: list[int] = field(default_factory=list)
    failed: dict[int, str] = field(default_factory=dict)


def kick() -> None:
    """Have the outbox drained soon, without waiting for it."""
    from .background import kick as start

    start()


def drain(limit: int = BATCH) -> int:
    """Handle up to ``limit`` due rows; returns how many were taken off the outbox."""
    versions = _due(limit)
    if not versions:
        return 0
    state = generations.state()
    built, failed = _build(versions)
    outcome = _write(generations.opened(state.name), versions, built, failed)
    if state.building:
        _write_too(state.building, versions, built, outcome)
    taken = confirm({i: versions[i] for i in outcome.confirmed}, built, state)
    _postpone(versions, outcome.failed)
    if taken:
        entries_indexed.send(sender=OutboxRow, ids=frozenset(outcome.confirmed))
    return taken


def drain_all() -> int:
    """Handle rows until none is due; returns how many were taken off."""
    total = 0
    while taken := drain():
        total += taken
    return total


def pending() -> int:
    """How many rows wait, due or not."""
    return OutboxRow.objects.count()


def _due(limit: int) -> dict[int, int]:
    """Entry id → version (the highest id of its rows) of the rows that may be tried now."""
    due = Q(not_before__isnull=True) | Q(not_before__lte=timezone.now())
    rows = OutboxRow.objects.filter(due).order_by("id").values_list("entry_id", "id")[:limit]
    return dict(rows)  # in order of id: the last one stays


def _build(versions: Mapping[int, int]) -> tuple[dict[int, Built], dict[int, str]]:
    try:
        return {b.document.id: b for b in build(versions)}, {}
    except Exception:
        log.warning("A batch could not be built; trying its entries one by one", exc_info=True)
    built: dict[int, Built] = {}
    failed: dict[int, str] = {}
    for entry_id, version in versions.items():
        try:
            built.update({b.document.id: b for b in build({entry_id: version})})
        except Exception as error:
            log.exception("Entry %s cannot be indexed", entry_id)
            failed[entry_id] = repr(error)
    return built, failed


def _write(
    engine: Engine, versions: Mapping[int, int], built: Mapping[int, Built], failed: dict[int, str]
) -> _Outcome:
    outcome = _Outcome(failed=dict(failed))
    waiting = [[i for i in versions if i not in failed]]
    errors = 0
    while waiting:
        ids = waiting.pop()
        if not ids:
            continue
        try:
            write(engine, ids, versions, built)
        except EngineFailed as error:
            errors += 1
            hopeless = errors >= PATIENCE and not outcome.confirmed
            if len(ids) == 1 or hopeless or isinstance(error, EngineBusy):
                outcome.failed.update(dict.fromkeys(ids, repr(error)))
            else:
                half = len(ids) // 2
                waiting += [ids[half:], ids[:half]]
        else:
            outcome.confirmed += ids
    return outcome


def write(
    engine: Engine, ids: Iterable[int], versions: Mapping[int, int], built: Mapping[int, Built]
) -> frozenset[int]:
    """Write the documents that were built and delete the others; returns ids known newer."""
    ids = list(ids)
    documents = [built[i].document for i in ids if i in built]
    deletes = [Deletion(i, versions[i]) for i in ids if i not in built]
    return engine.write(documents, deletes).stale


def _write_too(
    building: str, versions: Mapping[int, int], built: Mapping[int, Built], outcome: _Outcome
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
        _keep([built[i].row for i in fresh if i in built])
        IndexedDocument.objects.filter(pk__in=[i for i in fresh if i not in built]).delete()
        _promise_family(fresh, known, built)
        return _take_off(versions)


def _keep(rows: Sequence[IndexedDocument]) -> None:
    columns = [f.name for f in IndexedDocument._meta.concrete_fields if not f.primary_key]
    IndexedDocument.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["entry"], update_fields=columns, batch_size=200
    )


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
        now = after and (after.row.level, after.row.locale, after.row.family)
        if was != now:
            moved |= {state[2] for state in (was, now) if state}
    if not moved:
        return
    others = IndexedDocument.objects.filter(family__in=moved).exclude(pk__in=list(fresh))
    rows = [OutboxRow(entry_id=i) for i in others.values_list("pk", flat=True)]
    OutboxRow.objects.bulk_create(rows, batch_size=500)


def _postpone(versions: Mapping[int, int], failed: Mapping[int, str]) -> None:
    now = timezone.now()
    for entry_id, error in failed.items():
        rows = OutboxRow.objects.filter(entry_id=entry_id, id__lte=versions[entry_id])
        attempts = max(rows.values_list("attempts", flat=True), default=0)
        wait = min(LONGEST_WAIT, timedelta(seconds=0.5 * 2 ** min(attempts, 12)))
        rows.update(attempts=F("attempts") + 1, not_before=now + wait, last_error=error[:300])
