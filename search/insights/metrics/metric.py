"""What a metric is: how its value is made of the columns of a bucket, and how sure it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.utils.translation import gettext_lazy as _

from . import intervals


class Unit(Enum):
    """How a value is made of columns, and read."""

    COUNT = "count"
    #: part ÷ whole, 0 to 1.
    RATE = "rate"
    #: part ÷ whole ÷ scale, a mean.
    MEAN = "mean"
    #: The same, in seconds.
    SECONDS = "seconds"
    #: (part - minus) ÷ whole, -1 to 1, written as -100 to 100.
    NET = "net"


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric. ``part``, ``whole``, ``minus`` and ``squares`` name columns of a bucket.

    ``rows`` names the source of the facts behind it; ``better`` is 1 where more is better, -1
    where less is, 0 where neither. Means below three cases have no interval.
    """

    key: str
    name: Any
    formula: Any
    unit: Unit
    part: str
    whole: str = ""
    minus: str = ""
    squares: str = ""
    #: What ``part`` and ``squares`` are divided by before they are a sum and a sum of squares.
    scale: float = 1
    squares_scale: float = 1
    better: int = 0
    rows: str = "intents"
    kind: str = "customer"
    #: Whether what counts depends on the N days of the settings.
    waits: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it is made of."""
        named = (self.part, self.whole, self.minus, self.squares)
        return tuple(dict.fromkeys(name for name in named if name))

    def of(self, sums: Mapping[str, int], minimum: int) -> Figure:
        """Its figure, of sums that have all its columns."""
        part = sums[self.part]
        if self.unit is Unit.COUNT:
            return Figure(self, part, part, part, None, shown=True)
        n = sums[self.whole]
        shown = n >= minimum
        if not n:
            return Figure(self, None, n, part, None, shown=False)
        if self.unit is Unit.RATE:
            return Figure(self, part / n, n, part, intervals.wilson(part, n), shown)
        if self.unit is Unit.NET:
            minus = sums[self.minus]
            spread = intervals.difference(part, minus, n)
            return Figure(self, (part - minus) / n, n, part - minus, spread, shown)
        total, squares = part / self.scale, sums[self.squares] / self.squares_scale
        return Figure(self, total / n, n, part, intervals.normal(total, squares, n), shown)

    @property
    def interval_name(self) -> Any:
        """How its interval is made."""
        if self.unit is Unit.RATE:
            return _("95 % interval after Wilson")
        if self.unit is Unit.COUNT:
            return _("None: it is counted, not estimated.")
        return _("95 % interval of a mean: ± 1.96 × standard deviation ÷ √n")


@dataclass(frozen=True, slots=True)
class Figure:
    """A metric's value in one place and time; None where there is nothing to divide by.

    ``part`` is the numerator as counted. ``shown`` is false where n is too small to mean anything.
    """

    metric: Metric
    value: float | None
    n: int
    part: int
    interval: intervals.Interval | None
    shown: bool
