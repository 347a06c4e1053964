"""Whether the site is alive, and whether it may serve: for load balancers and operators."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, Min
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

logger = logging.getLogger("zhida.health")

#: A worker that was not seen for so long is reported as absent.
SILENCE = timedelta(seconds=45)
#: A change that waits longer than this many seconds for the index is reported.
OUTBOX_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the site. ``essential``: without it nothing may be served."""

    ok: bool
    essential: bool = True
    detail: dict[str, Any] = field(default_factory=dict)


def check_database() -> Part:
    """Answers, and has the tables this version needs."""
    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    answered = round((time.perf_counter() - began) * 1000, 2)
    return Part(
        ok=_migrated(),
        detail={"vendor": connection.vendor, "ms": answered, "migrated": _migrated()},
    )


_KNOWN_MIGRATED = False


def _migrated() -> bool:
    global _KNOWN_MIGRATED  # noqa: PLW0603 - asked every few seconds, and true stays true
    if not _KNOWN_MIGRATED:
        executor = MigrationExecutor(connection)
        _KNOWN_MIGRATED = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _KNOWN_MIGRATED


def outbox() -> tuple[int, float]:
    """Changes that wait for the index: how many, and the age of the oldest in seconds."""
    from search.index.models import OutboxRow

    found = OutboxRow.objects.aggregate(depth=Count("pk"), oldest=Min("created"))
    age = (timezone.now() - found["oldest"]).total_seconds() if found["oldest"] else 0.0
    return found["depth"], round(max(0.0, age), 1)


def check_index() -> Part:
    """Opens and answers. Changes that are late are reported; they do not stop the site.

    One that was lost is not ok until the worker has built it anew; pages are served meanwhile.
    """
    from search.index import generations
    from search.index.building import under_way
    from search.index.due import rebuild_due
    from search.index.engines import kind_of
    from search.index.models import IndexedDocument
    from search.index.outbox import set_aside

    state = generations.state()
    name, building = state.name, under_way()
    due = rebuild_due()
    lost = due == "lost"
    standby = "" if lost and kind_of(name) == "embedded" else _standby_of(name)
    depth, age = outbox()
    detail = {
        "generation": name,
        "building": building.name if building else "",
        "built": f"{building.done} of {building.total}" if building else "",
        "rebuild_due": due or "",
        "documents": IndexedDocument.objects.count(),
        "outbox": depth,
        "outbox_age_s": age,
        "late": age > OUTBOX_PATIENCE,
        "set_aside": set_aside().count(),
    }
    if lost or standby:
        by = "standby" if standby else "titles"
        detail |= {"engine": "lost" if lost else "away", "answered_by": by}
    if standby:
        detail["as_of"] = standby
    return Part(ok=not lost, essential=not lost, detail=detail)


def _standby_of(name: str) -> str:
    """The time of the standby's content where the engine is away; raises where neither answers."""
    from search.engine.protocol import EngineFailed, EngineQuery
    from search.index import generations, standby

    try:
        generations.reading(name).search(EngineQuery(limit=1, count=False))
    except EngineFailed:
        if not standby.is_wanted():
            raise
        standby.engine()
        return standby.content_time().isoformat()
    return ""


def check_worker() -> Part:
    """A worker was seen lately. The site serves without one, but its index and gaps grow old."""
    from cms.worker.models import Heartbeat

    seen = list(Heartbeat.objects.order_by("-seen").values_list("seen", flat=True)[:20])
    alive = [moment for moment in seen if timezone.now() - moment < SILENCE]
    last = seen[0].isoformat() if seen else None
    return Part(ok=bool(alive), essential=False, detail={"alive": len(alive), "last_seen": last})


def check_meaning() -> Part:
    """Texts can be turned into vectors. Without them, searches are answered by words alone."""
    from search.index.vectors import progress

    now = progress.now()
    if now is None:
        return Part(ok=True, essential=False, detail={"searches": "by words"})
    return Part(
        ok=not now.failing,
        essential=False,
        detail={
            "searches": "by words and meaning"
            if now.by_meaning and not now.failing
            else "by words",
            "documents": now.documents,
            "lacking": now.lacking,
            "failing_since": now.failing_since.isoformat() if now.failing_since else None,
        },
    )


def check_cache() -> Part:
    """Keeps what it is given."""
    cache.set("zhida.health", "kept", 30)
    return Part(ok=cache.get("zhida.health") == "kept", essential=False)


PARTS: dict[str, Callable[[], Part]] = {
    "database": check_database,
    "index": check_index,
    "meaning": check_meaning,
    "worker": check_worker,
    "cache": check_cache,
}


def examine() -> dict[str, Part]:
    """Every part. A part that raises is not ok; the reason goes to the log, not to the reader."""
    found = {}
    for name, check in PARTS.items():
        try:
            found[name] = check()
        except Exception as error:
            logger.exception("The check of the %s failed", name)
            essential = name in {"database", "index"}
            found[name] = Part(False, essential, {"error": type(error).__name__})
    return found


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Touches nothing else."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """200 where the site may serve, else 503; each part is named either way."""
    parts = examine()
    ready = all(part.ok for part in parts.values() if part.essential)
    body = {"ready": ready, "parts": {name: asdict(part) for name, part in parts.items()}}
    return JsonResponse(body, status=200 if ready else 503)
