"""Compares database and index: id by id, version by version, revision by revision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from search.engine.protocol import Engine

from . import drain, generations, listeners, outbox
from .around import indexable
from .documents import FINGERPRINT, fingerprint
from .models import IndexedDocument, OutboxRow

What = Literal["missing", "left over", "other version", "out of date", "unconfirmed", "waiting"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One entry on which database and index do not agree."""

    entry_id: int
    what: What

    def __str__(self) -> str:
        return f"entry {self.entry_id}: {self.what}"


def compare(engine: Engine, *, waiting_is_fine: bool = False) -> list[Difference]:
    """All differences, by entry id. Entries with rows in the outbox are "waiting"."""
    indexed = dict(engine.versions())
    confirmed = {
        pk: (version, mark)
        for pk, version, mark in IndexedDocument.objects.values_list("pk", "version", "fingerprint")
    }
    live = {
        pk: fingerprint(values)
        for pk, *values in indexable().values_list("pk", *FINGERPRINT).iterator()
    }
    waiting = set(OutboxRow.objects.values_list("entry_id", flat=True))
    found: list[Difference] = []
    for entry_id in sorted(indexed.keys() | live.keys() | confirmed.keys() | waiting):
        what = _difference(entry_id, indexed, confirmed, live)
        if entry_id in waiting:
            what = None if waiting_is_fine else "waiting"
        if what:
            found.append(Difference(entry_id, what))
    return found


def _difference(
    entry_id: int,
    indexed: dict[int, int],
    confirmed: dict[int, tuple[int, str]],
    live: dict[int, str],
) -> What | None:
    if entry_id not in live:
        return "left over" if entry_id in indexed or entry_id in confirmed else None
    if entry_id not in indexed:
        return "missing"
    if entry_id not in confirmed:
        return "unconfirmed"
    version, mark = confirmed[entry_id]
    if version != indexed[entry_id]:
        return "other version"
    return None if mark == live[entry_id] else "out of date"


def mend(differences: list[Difference]) -> list[Difference]:
    """Promise the engine the entries in question, tell it at once; returns what still differs."""
    outbox.retry()
    listeners.promise(d.entry_id for d in differences if d.what != "waiting")
    drain.drain_all()
    return compare(generations.current())
