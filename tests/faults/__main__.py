"""`make faults`: a site whose parts fail while people write and search; what was lost is counted.

Several authors (processes) make ``N`` changes at random; meanwhile mishaps follow each other;
somebody searches ten times a second. Afterwards ledger, database and index are compared, a change
is lost on purpose to see that the comparison finds it, the index is rebuilt ``REBUILDS`` times
under searches, and readers try to see what is not for them. Loopback only; everything started is
stopped. Exit code 1 where something is wrong.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import sys
import time
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any

from . import mishaps
from .asking import Asker
from .embedder import Embedder
from .parts import ROOT, Elastic, Postgres, Process, Site

AUTHORS = 3
N = int(os.environ.get("N") or 1000)
REBUILDS = int(os.environ.get("REBUILDS") or 20)
ONLY = [name for name in os.environ.get("ONLY", "").split(",") if name]
#: Audience probes: ten for each change.
PROBES = int(os.environ.get("PROBES") or 10 * N)
#: Seconds that the changes of one site may take.
LONGEST = float(os.environ.get("LONGEST") or 600)


def main() -> int:
    """All sites there are parts for. A signal to end stops what was started, too."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sites: dict[str, set[str]] = {"embedded": set()}
    if Embedder.is_here():
        sites["meaning"] = {"embedder"}
    if Postgres.is_here():
        sites["postgresql"] = {"postgres"}
    if Elastic.is_here():
        sites["elasticsearch"] = {"elastic", *(["postgres"] if Postgres.is_here() else [])}
    wanted = {name: parts for name, parts in sites.items() if not ONLY or name in ONLY}
    results, code = {}, 0
    # Filling the sites is no test of theirs: that is done for all at once.
    with contextlib.ExitStack() as opened, ThreadPoolExecutor() as pool:
        filling = {
            name: pool.submit(_filled, name, opened, parts) for name, parts in wanted.items()
        }
        wait(filling.values())
        for name, future in filling.items():
            results[name] = result = _tried(future.result())
            print(_table(name, result), flush=True)
            code |= bool(result["wrong"])
    target = Path(os.environ.get("VAR_DIR") or ROOT / "var") / "faults.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"Written to {target}.")
    return code


def _filled(name: str, opened: contextlib.ExitStack, parts: set[str]) -> Site:
    _say(f"{name}: preparing")
    site = Site(
        name,
        Postgres() if "postgres" in parts else None,
        Elastic() if "elastic" in parts else None,
        Embedder() if "embedder" in parts else None,
    )
    opened.callback(site.stop)
    site.run("ground", ["-m", "tests.faults.ground"])
    return site


def _tried(site: Site) -> dict[str, Any]:
    try:
        site.start()
        if site.embedder:
            # Whose vectors are the model's is known once there are some.
            _say(f"{site.name}: making vectors")
            site.run("vectors", ["-m", "tests.faults.vectors"], 900)
        result = _under_faults(site)
        result |= {"mishaps_named_by_health": sum(site.named)}
        result |= {"not_named": site.named.count(False)}
        result |= _after(site)
        result |= _under_rebuilds(site)
        if site.embedder:
            result |= _vectors(site)
        elif not site.elastic:
            result |= _probed(site)
    finally:
        _keep_logs(site)
        site.stop()
    return result | {"wrong": _wrong(result)}


def _under_faults(site: Site) -> dict[str, Any]:
    ledger = site.folder / "ledger.jsonl"
    ledger.touch()
    authors = [
        site.process(
            f"author{n}",
            ["-m", "tests.faults.changes", *map(str, (n, AUTHORS, N // AUTHORS, 7)), str(ledger)],
        )
        for n in range(AUTHORS)
    ]
    asker = Asker(site.ports)
    asker.start()
    for author in authors:
        author.start()
    happened = _happen(site, authors, asker)
    for author in authors:
        author.kill()
    asker.stop()
    lines = [json.loads(line) for line in ledger.read_text("utf-8").splitlines()]
    errors = [line["error"] for line in lines if line["error"]]
    by_engine = [e for e in errors if "search." in e or "elastic" in e.lower()]
    took = sorted(line["seconds"] for line in lines if not line["error"])
    return {
        "changes": len(lines),
        "saved": len(lines) - len(errors),
        "failed_saves_by_engine": len(by_engine),
        "failed_saves_else": len(errors) - len(by_engine),
        "errors": sorted(set(errors))[:5],
        "save_p50_s": _at(took, 0.5),
        "save_p99_s": _at(took, 0.99),
        "mishaps": happened,
        **_searches(asker),
    }


def _happen(site: Site, authors: list[Process], asker: Asker) -> dict[str, int]:
    """One mishap after another, each at least once, until the authors are done."""
    chance = random.Random(3)
    counts: dict[str, int] = {}
    began = time.monotonic()
    every = mishaps.of(site)
    while time.monotonic() - began < LONGEST:
        for mishap in chance.sample(every, len(every)):
            busy = any(a.running and a.running.poll() is None for a in authors)
            if not busy and len(counts) == len(every):
                return counts
            _say(f"{site.name}: {time.monotonic() - began:.0f} s: {mishap.__name__}")
            if mishap is mishaps.database_restarted:
                asker.excused.set()
            mishap(site)
            for process in (*site.web, *site.workers):
                process.start()
            if mishap is mishaps.database_restarted:
                time.sleep(1)
                asker.excused.clear()
            counts[mishap.__name__] = counts.get(mishap.__name__, 0) + 1
            time.sleep(1)
    return counts


def _searches(asker: Asker) -> dict[str, Any]:
    took = sorted(asker.seconds)
    return {
        "searches": asker.asked,
        "answered": asker.answered,
        "answered_share": round(asker.answered / max(1, asker.asked), 5),
        "by_standby": asker.by_standby,
        "while_database_away": asker.excused_asked,
        "search_p50_s": _at(took, 0.5),
        "search_p99_s": _at(took, 0.99),
        "unanswered": asker.failures[:10],
    }


def _after(site: Site) -> dict[str, Any]:
    _say(f"{site.name}: comparing")
    verdict = json.loads(_verdict(site))
    _say(f"{site.name}: losing a change on purpose")
    proof = json.loads(_verdict(site, "--lose"))
    site.run("mend", ["manage.py", "index_check", "--mend"])
    found = bool(proof["different"] and proof["changes_lost"])
    return {**verdict, "finds_a_loss_on_purpose": found}


def _verdict(site: Site, *arguments: str) -> str:
    command = ["-m", "tests.faults.verdict", str(site.folder / "ledger.jsonl"), *arguments]
    return site.run("verdict", command, 900).strip().splitlines()[-1]


def _under_rebuilds(site: Site) -> dict[str, Any]:
    _say(f"{site.name}: {REBUILDS} rebuilds")
    asker = Asker(site.ports)
    asker.start()
    program = (
        "import django; django.setup()\n"
        "from search.index.rebuild import rebuild\n"
        f"for _ in range({REBUILDS}): rebuild()"
    )
    site.run("rebuilds", ["-c", program], 900)
    asker.stop()
    return {
        "rebuilds": REBUILDS,
        "searches_during_rebuilds": asker.asked,
        "by_standby_during_rebuilds": asker.by_standby,
        "unanswered_during_rebuilds": asker.asked - asker.answered,
        "seconds_without_search": round(asker.without, 2),
    }


def _vectors(site: Site) -> dict[str, Any]:
    assert site.embedder
    _say(f"{site.name}: comparing vectors")
    return json.loads(site.run("vectors", ["-m", "tests.faults.vectors"], 900).splitlines()[-1])


def _probed(site: Site) -> dict[str, Any]:
    _say(f"{site.name}: {PROBES} audience probes")
    command = ["-m", "tests.faults.probes", str(PROBES)]
    return json.loads(site.run("probes", command, 1800).strip().splitlines()[-1])


def _wrong(result: dict[str, Any]) -> list[str]:
    zero = (
        "failed_saves_by_engine",
        "database_differs_from_ledger",
        "changes_lost",
        "stale",
        "different",
        "standby_different",
        "set_aside",
        "seconds_without_search",
        "leaks",
        "vectors_lost",
        "vectors_of_others",
        "not_nearest_to_itself",
        "not_named",
    )
    wrong = [f"{name}: {result[name]}" for name in zero if result.get(name)]
    if result["answered_share"] < 0.999:
        wrong.append(f"only {result['answered_share']:.2%} of searches answered")
    if not result["finds_a_loss_on_purpose"]:
        wrong.append("the comparison does not find what was lost on purpose")
    if not result.get("finds_a_planted_leak", True):
        wrong.append("the probes do not find a leak planted on purpose")
    return wrong


def _table(name: str, result: dict[str, Any]) -> str:
    rows = [f"\n{name}"]
    rows += [f"  {key:<32} {value}" for key, value in result.items() if value != []]
    return "\n".join([*rows, "  WRONG" if result["wrong"] else "  all well"])


def _keep_logs(site: Site) -> None:
    kept = Path(os.environ.get("VAR_DIR") or ROOT / "var") / "faults-logs" / site.name
    kept.mkdir(parents=True, exist_ok=True)
    for log in (*site.folder.glob("*.log"), *site.folder.glob("*.jsonl")):
        (kept / log.name).write_bytes(log.read_bytes())


def _at(ordered: list[float], share: float) -> float:
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))], 3) if ordered else 0.0


def _say(text: str) -> None:
    print(f"[{time.strftime('%H:%M:%S')}] {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
