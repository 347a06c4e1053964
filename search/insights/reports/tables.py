"""Tables that a page shows and exports, and the cells in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.formats import number_format
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from search.insights.metrics.intervals import Interval
from search.insights.metrics.metric import Figure, Metric, Unit


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: ``text`` is read, ``value`` exported, ``url`` opened; ``lang`` of foreign words."""

    text: str
    value: Any = None
    url: str = ""
    lang: str = ""
    muted: bool = False

    @property
    def exported(self) -> Any:
        """What a spreadsheet gets."""
        return self.text if self.value is None else self.value


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``only`` "file": not on the page, where its words stand in other cells."""

    key: str
    label: Any
    numeric: bool = False
    only: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """``name`` tells the tables of a page apart in ``?export=csv&table=name``."""

    name: str
    caption: Any
    columns: Sequence[Column]
    rows: Sequence[dict[str, Cell]]
    #: Shown where there are no rows.
    empty: Any = ""

    @property
    def shown(self) -> list[Column]:
        """The columns of the page."""
        return [column for column in self.columns if column.only != "file"]

    @property
    def body(self) -> SafeString:
        """The rows of the page as HTML: too many cells for a template to weigh each of them."""
        columns = self.shown
        rows = (
            "".join(_markup(column, row[column.key]) for column in columns) for row in self.rows
        )
        return mark_safe("".join(f"<tr>{cells}</tr>\n" for cells in rows))


def _markup(column: Column, cell: Cell) -> str:
    names = ["figures-number"] * column.numeric + ["figures-muted"] * cell.muted
    named = f' class="{" ".join(names)}"' if names else ""
    tongue = f' lang="{escape(cell.lang)}"' if cell.lang else ""
    text: str = conditional_escape(cell.text)
    if cell.url:
        text = f'<a href="{escape(cell.url)}">{text}</a>'
    return f"<td{named}{tongue}>{text}</td>"


@dataclass(frozen=True, slots=True)
class Chart:
    """Lines or bars over points of time; ``table`` holds the same figures for who cannot see it."""

    name: str
    title: Any
    table: Table
    #: "line" or "bar"; unit of the values: "%" or "".
    kind: str = "line"
    unit: str = ""

    @property
    def id(self) -> str:
        """Of the element that holds the data."""
        return f"chart-{self.name}"

    @property
    def data(self) -> dict[str, Any]:
        """What the script draws."""
        first, *others = self.table.columns
        return {
            "kind": self.kind,
            "unit": self.unit,
            "labels": [row[first.key].text for row in self.table.rows],
            "series": [
                {
                    "label": str(column.label),
                    "values": [row[column.key].value for row in self.table.rows],
                }
                for column in others
            ],
        }


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with charts and tables below it; ``note`` says what has to be known."""

    heading: Any
    tables: Sequence[Table] = field(default_factory=tuple)
    charts: Sequence[Chart] = field(default_factory=tuple)
    note: Any = ""


def whole(number: int, **more: Any) -> Cell:
    """A cell with a count."""
    return Cell(number_format(number, force_grouping=True), number, **more)


def decimal(value: float, places: int) -> str:
    """A number in the reader's notation."""
    return number_format(round(value, places), places, force_grouping=True)


def spoken(metric: Metric, value: float) -> str:
    """A value with its unit."""
    if metric.unit is Unit.COUNT:
        return number_format(int(value), force_grouping=True)
    if metric.unit is Unit.RATE:
        return _("%(number)s %%") % {"number": decimal(100 * value, 1)}
    if metric.unit is Unit.SECONDS:
        return _("%(number)s s") % {"number": decimal(value, 1)}
    return decimal(100 * value, 1) if metric.unit is Unit.NET else decimal(value, 2)


def number(metric: Metric, value: float) -> float | int:
    """A value as it is exported: as it is read, without its unit."""
    if metric.unit is Unit.COUNT:
        return int(value)
    if metric.unit in (Unit.RATE, Unit.NET):
        return round(100 * value, 1)
    return round(value, 1 if metric.unit is Unit.SECONDS else 2)


def unit_of(metric: Metric) -> str:
    """The unit of an exported value."""
    return {Unit.RATE: "%", Unit.SECONDS: _("s")}.get(metric.unit, "")


def figure(value: Figure, url: str = "") -> Cell:
    """A cell with a metric's value, or why there is none."""
    if value.value is None:
        return Cell("–", "", url=url, muted=True)
    if not value.shown:
        return Cell(_("n too small"), "", url=url, muted=True)
    return Cell(spoken(value.metric, value.value), number(value.metric, value.value), url=url)


def interval(value: Figure) -> Cell:
    """Its interval, lowest to highest."""
    if value.interval is None or not value.shown:
        return Cell("–", "", muted=True)
    return Cell(between(value.metric, value.interval))


def between(metric: Metric, ends: Interval) -> str:
    """Both ends, in words."""
    low, high = (spoken(metric, end) for end in ends)
    return f"{low} – {high}"


def change(now: Figure, before: Figure, minimum: int) -> Cell:
    """Since the range before: points of rates, per cent of counts, else the difference.

    None where the range before has fewer than ``minimum`` cases.
    """
    if now.value is None or before.value is None or not (now.shown and before.shown):
        return Cell("–", "", muted=True)
    metric = now.metric
    if metric.unit is Unit.COUNT:
        if before.value < minimum:
            return Cell("–", "", muted=True)
        share = 100 * (now.value - before.value) / before.value
        return Cell(_("%(number)s %%") % {"number": signed(share, 1)}, round(share, 1))
    scale = 100 if metric.unit in (Unit.RATE, Unit.NET) else 1
    places = 2 if metric.unit is Unit.MEAN else 1
    points = scale * (now.value - before.value)
    text = signed(points, places)
    if metric.unit is Unit.RATE:
        text = _("%(number)s points") % {"number": text}
    return Cell(text, round(points, places))


def signed(value: float, places: int) -> str:
    """The same, with a sign."""
    rounded = round(value, places)
    return f"+{decimal(rounded, places)}" if rounded > 0 else decimal(rounded, places)
