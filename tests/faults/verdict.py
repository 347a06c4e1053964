"""Compares ledger, database and index once the faults are over; prints JSON.

Run as ``python -m tests.faults.verdict LEDGER [--lose]``. With ``--lose`` it first loses a change
on purpose, which the same comparison must find.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

#: Seconds that the outbox has to become empty.
PATIENCE = 180


def settle() -> float:
    """Wait until workers have told the engine everything; returns seconds."""
    from search.index import outbox, standby
    from search.index.models import StandbyRow

    started = time.monotonic()
    while time.monotonic() - started < PATIENCE:
        waiting = outbox.anything_waits()
        behind = standby.is_wanted() and StandbyRow.objects.filter(node=standby.node()).exists()
        if not waiting and not behind:
            break
        time.sleep(0.3)
    return round(time.monotonic() - started, 1)


def judge(lines: list[dict[str, Any]]) -> dict[str, Any]:
    """Count what differs."""
    from content.models import Article
    from search.index import check, engine, outbox, standby

    truth: dict[int, dict[str, Any]] = {}
    gone: dict[int, set[str]] = {}
    for line in lines:
        if "word" in line:
            truth[line["entry"]] = line
        if line.get("before"):
            gone.setdefault(line["entry"], set()).add(line["before"])
    lost = stale = wrong = 0
    rows = {a.pk: a for a in Article.objects.filter(pk__in=list(truth))}
    for pk, line in truth.items():
        row = rows[pk]
        known = (row.title.split()[-1], row.live, row.audience)
        wrong += known != (line["word"], line["live"], line["audience"])
        for audience in ("public", "customers", "agents", "internal"):
            expected = line["live"] and _sees(audience, line["audience"])
            found = pk in _found(line["word"], audience)
            lost += expected and not found
            stale += found and not expected
        stale += sum(
            pk in _found(before, "internal")
            for before in sorted(gone.get(pk, set()))[:3]
            if before != line["word"]
        )
    differences = check.compare(engine())
    result = {
        "entries": len(truth),
        "database_differs_from_ledger": wrong,
        "changes_lost": lost,
        "stale": stale,
        "differences": [str(d) for d in differences[:10]],
        "different": len(differences),
        "set_aside": outbox.set_aside().count(),
    }
    if standby.is_wanted():
        copy = {pk for pk, _ in standby.engine().versions()}
        result["standby_different"] = len(copy ^ {pk for pk, _ in engine().versions()})
    return result


def _sees(reader: str, audience: str) -> bool:
    from content.audience import Audience

    return Audience(reader).sees(Audience(audience))


def _found(text: str, audience: str) -> set[int]:
    from content.audience import Audience
    from search.lookup.query import Query
    from search.lookup.service import search

    asked = Query(text, Audience(audience), "en", channel="test", spelling=False, limit=5)
    return {hit.id for hit in search(asked).hits}


def lose(lines: list[dict[str, Any]]) -> None:
    """Publish a change and take its promise off the outbox."""
    from content.models import Article
    from search.index.models import OutboxRow, StandbyRow

    page = Article.objects.filter(slug__startswith="restless-", live=True).first()
    assert page is not None
    before = page.title.split()[-1]
    page.title = "Restless qlostonpurpose"
    revision = page.save_revision()
    from django.db import transaction

    with transaction.atomic():
        revision.publish()
        OutboxRow.objects.filter(entry_id=page.pk).delete()
        StandbyRow.objects.filter(entry_id=page.pk).delete()
    line = {"entry": page.pk, "before": before, "live": True, "audience": page.audience}
    lines.append({**line, "word": "qlostonpurpose"})


def main() -> None:
    """Print the verdict."""
    import django

    django.setup()
    lines = [json.loads(line) for line in Path(sys.argv[1]).read_text("utf-8").splitlines()]
    settled = settle()
    if "--lose" in sys.argv:
        lose(lines)
    print(json.dumps({**judge(lines), "settled_s": settled}))


if __name__ == "__main__":
    main()
