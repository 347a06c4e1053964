"""Runs benches: ``ONLY=p1,p6 SIZE=5000 python -m tests.bench``; a table, and ``bench.json``.

Benches work on a site of their own below ``VAR_DIR``; the one that is there is not touched.
"""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import sys
import time
from pathlib import Path
from typing import Any

SIZE = 100_000
ROOT = Path(__file__).resolve().parents[2]


def main(only: list[str] | None = None) -> int:
    """Run the benches asked for; returns an exit code (1 where one broke)."""
    var = Path(os.environ.get("VAR_DIR") or ROOT / "var").resolve()
    size = int(os.environ.get("SIZE") or SIZE)
    wanted = only or [name for name in os.environ.get("ONLY", "").lower().split(",") if name]
    _set_up(var, size)
    from .corpora import CorporaMissing
    from .timing import machine

    report: dict[str, Any] = {"size": size, "command": _command(size, wanted), "before": machine()}
    broken = False
    for module in _benches(wanted):
        name = module.rpartition(".")[2]
        started = time.monotonic()
        try:
            result = importlib.import_module(module).run(size)
        except CorporaMissing as missing:
            result = {"skipped": str(missing)}
        except Exception as error:  # noqa: BLE001 - one bench must not keep the others from running
            broken, result = True, {"failed": repr(error)}
        result["seconds"] = round(time.monotonic() - started, 1)
        report[name] = result
        _show(name, result)
    report["after"] = machine()
    (var / "bench.json").write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n")
    print(f"\n{report['after']}\nWritten to {var / 'bench.json'}")
    return int(broken)


def _set_up(var: Path, size: int) -> None:
    place = var / f"bench-{size}"
    place.mkdir(parents=True, exist_ok=True)
    os.environ["VAR_DIR"] = str(place)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.development")
    # Benches that need Elasticsearch say so themselves; the others measure the embedded engine.
    os.environ["BENCH_ELASTICSEARCH_URL"] = os.environ.pop("ELASTICSEARCH_URL", "")
    import django

    django.setup()


def _benches(wanted: list[str]) -> list[str]:
    folder = Path(__file__).parent
    names = sorted(
        m.name for m in pkgutil.iter_modules([str(folder)]) if m.name[:2].strip("p").isdigit()
    )
    return [f"tests.bench.{n}" for n in names if not wanted or n.partition("_")[0] in wanted]


def _command(size: int, wanted: list[str]) -> str:
    return f"make bench SIZE={size}" + (f" ONLY={','.join(wanted)}" if wanted else "")


def _show(name: str, result: dict[str, Any]) -> None:
    print(f"\n{name}")
    for key, value in result.items():
        for row, figures in _rows(key, value):
            print(f"  {row:<34}{figures}")


def _rows(key: str, value: Any) -> list[tuple[str, str]]:
    if not isinstance(value, dict):
        return [(key, str(value))]
    if any(isinstance(inner, dict) for inner in value.values()):
        return [row for name, inner in value.items() for row in _rows(f"{key} · {name}", inner)]
    return [(key, "  ".join(f"{name} {figure}" for name, figure in value.items()))]


if __name__ == "__main__":
    sys.exit(main())
