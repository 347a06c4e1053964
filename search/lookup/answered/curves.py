"""Draws a calibration: how near its questions come, and what each threshold would refuse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .models import AnswerThreshold

#: Of the drawing, in its own units; scores are counted in steps of `STEP`.
WIDTH, HEIGHT = 600, 160
STEP = 0.005
#: Thresholds in the table, in steps of `STEP` below and above the one in force.
AROUND = 5


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of questions: the share of them (0–1) in each step, as points of an SVG polyline."""

    name: str
    points: str


@dataclass(frozen=True, slots=True)
class Choice:
    """What a threshold refuses, in percent of own, missing and foreign questions."""

    at: float
    own: float | None
    missing: float | None
    foreign: float | None
    in_force: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """The lines, where the threshold stands, and the ends of the scale."""

    lines: tuple[Line, ...]
    threshold: float | None
    first: float
    last: float
    width: int = WIDTH
    height: int = HEIGHT


def drawing(row: AnswerThreshold) -> Drawing | None:
    """The distributions of a calibration; None without any questions."""
    kinds = {"own": row.own, "missing": row.missing, "foreign": row.foreign}
    scores = [score for some in kinds.values() for score in some]
    if not scores:
        return None
    first, last = _step(min(scores)) - 1, _step(max(scores)) + 1
    shares = {name: _shares(some, first, last) for name, some in kinds.items() if some}
    highest = max(max(each) for each in shares.values())
    lines = tuple(Line(name, _points(each, highest)) for name, each in shares.items())
    place = None
    if row.at is not None:
        place = round((row.at / STEP - first) / (last - first) * WIDTH, 1)
    return Drawing(lines, place, first * STEP, last * STEP)


def choices(row: AnswerThreshold) -> list[Choice]:
    """Thresholds around the one in force, and what they would refuse."""
    if row.at is None:
        return []
    return [
        Choice(
            at,
            row.refused(row.own, at),
            row.refused(row.missing, at),
            row.refused(row.foreign, at),
            in_force=step == 0,
        )
        for step in range(-AROUND, AROUND + 1)
        for at in [row.at + step * STEP]
    ]


def _step(score: float) -> int:
    return int(score // STEP)


def _shares(scores: Sequence[float], first: int, last: int) -> list[float]:
    counts = [0] * (last - first + 1)
    for score in scores:
        counts[_step(score) - first] += 1
    return [count / len(scores) for count in counts]


def _points(shares: Sequence[float], highest: float) -> str:
    """Each share in the middle of its step."""
    wide = WIDTH / (len(shares) - 1)
    return " ".join(
        f"{(place + 0.5) * wide:.1f},{HEIGHT - share / highest * HEIGHT:.1f}"
        for place, share in enumerate(shares)
    )
