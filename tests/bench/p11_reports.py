"""P11: figures of ten million events: counting them, and opening every report over them.

On SQLite, and on the PostgreSQL that BENCH_POSTGRES_URL names (an empty database); each in a
process of its own. ``SIZE`` × 100 events.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from .timing import percentiles

GOAL_MS, GOAL_RATE = 300.0, 20_000
TIMES = 12
_RANGES = (1, 30, 90, 180)
_PAGES = ("overview", "searches", "content", "agents")
_LISTS = ("failed", "rising", "no_click", "contacted")


def run(size: int) -> dict[str, Any]:
    """Events a second, and p50 and p95 of each report, on either database."""
    place = Path(os.environ["VAR_DIR"]) / "p11"
    place.mkdir(exist_ok=True)
    databases = {"sqlite": f"sqlite:///{place / 'figures.sqlite3'}"}
    if url := os.environ.get("BENCH_POSTGRES_URL", ""):
        databases["postgresql"] = url
    found = {name: _measured(url, place, 100 * size) for name, url in databases.items()}
    if "postgresql" not in found:
        found["postgresql"] = {"skipped": "BENCH_POSTGRES_URL names no database"}
    return found


def _measured(url: str, place: Path, events: int) -> dict[str, Any]:
    env = {**os.environ, "DATABASE_URL": url, "VAR_DIR": str(place)}
    command = [sys.executable, "-m", "tests.bench.p11_reports", str(events)]
    done = subprocess.run(command, env=env, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def measure(events: int) -> dict[str, Any]:
    """Fill, count, open; in a process whose database is the one to be measured."""
    import cms.wsgi  # noqa: F401 - as a web process begins
    from search.insights.metrics import counting
    from search.insights.metrics.models import Asked, Bucket, CountedDay, Reading

    from .figures_ground import fill
    from .site import ground

    ground()
    fill(events, _say)
    counted: dict[str, Any] = {"counted": "before"}
    if not CountedDay.objects.exists():
        started = time.perf_counter()
        facts = counting.count_due(lambda day, number: _say(f"{day} {number} facts"))
        seconds = time.perf_counter() - started
        counted = {
            "events": events,
            "facts": facts,
            "seconds": round(seconds, 1),
            "events a second": round(events / seconds),
            "reached": events / seconds >= GOAL_RATE,
        }
    rows = {m.__name__: m.objects.count() for m in (Bucket, Asked, Reading)}
    reports = _opened()
    slowest = max(each["p95"] for each in reports.values())
    return {
        "counting": counted,
        "rows": rows,
        "report": reports,
        "slowest p95 ms": slowest,
        "goal p95 ms": GOAL_MS,
        "reached": slowest <= GOAL_MS,
    }


def _opened() -> dict[str, dict[str, float]]:
    from django.contrib.auth import get_user_model
    from django.test import Client
    from django.urls import reverse

    user, _ = get_user_model().objects.get_or_create(username="bench-manager", is_superuser=True)
    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    last = date.today()
    asked = {
        f"{page} {days} days": f"{reverse(f'figures:{page}')}?first={_before(last, days)}"
        for page in _PAGES
        for days in _RANGES
    }
    for name in _LISTS:
        asked[f"searches {name} 30 days"] = (
            f"{reverse('figures:searches')}?first={_before(last, 30)}&list={name}"
        )
    taken: dict[str, list[float]] = {name: [] for name in asked}
    for _round in range(TIMES + 1):
        for name, address in asked.items():
            started = time.perf_counter()
            response = client.get(address)
            taken[name].append(time.perf_counter() - started)
            if response.status_code != 200:
                raise RuntimeError(f"{address} answers {response.status_code}")
    return {name: percentiles(times[1:]) for name, times in taken.items()}


def _before(last: date, days: int) -> str:
    return (last - timedelta(days=days - 1)).isoformat()


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(measure(int(sys.argv[1]))))
