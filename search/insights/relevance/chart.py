"""Where the points of a drawing stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .models import RelevanceRun

WIDTH, HEIGHT, MARGIN = 640, 220, 24
MEASURES = ("ndcg", "mrr", "recall")


@dataclass(frozen=True, slots=True)
class Line:
    """One measure as the ``points`` of an SVG polyline; ``dots`` are (x, y, value)."""

    name: str
    points: str
    dots: tuple[tuple[float, float, float], ...]


def lines(runs: Sequence[RelevanceRun]) -> list[Line]:
    """A line for each measure, the oldest run at the left, 0 at the bottom and 1 at the top."""
    step = (WIDTH - 2 * MARGIN) / max(1, len(runs) - 1)
    drawn = []
    for name in MEASURES:
        dots = tuple(
            (round(MARGIN + n * step, 1), height(getattr(run, name)), getattr(run, name))
            for n, run in enumerate(runs)
        )
        drawn.append(Line(name, " ".join(f"{x},{y}" for x, y, _ in dots), dots))
    return drawn


def height(value: float) -> float:
    """The y of a value between 0 and 1."""
    return round(HEIGHT - MARGIN - value * (HEIGHT - 2 * MARGIN), 1)
