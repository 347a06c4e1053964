"""Percentiles, and what the machine was doing meanwhile."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from typing import Any


def percentiles(seconds: Sequence[float]) -> dict[str, float]:
    """p50, p95 and p99 in milliseconds, and how many were measured."""
    ordered = sorted(seconds)

    def at(share: float) -> float:
        return round(1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))], 2)

    return {"p50": at(0.5), "p95": at(0.95), "p99": at(0.99), "n": len(ordered)}


def machine() -> dict[str, Any]:
    """Load average, processors and commit."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        capture_output=True,
        text=True,
        check=False,
    )
    return {
        "load": [round(x, 2) for x in os.getloadavg()],
        "processors": os.cpu_count(),
        "commit": commit.stdout.strip(),
    }
