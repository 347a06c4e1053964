"""Cells of exported lists: what people wrote stays text in whatever program opens the file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from wagtail.admin.views.mixins import SpreadsheetExportMixin

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_text(value: str) -> str:
    """``value`` such that no spreadsheet program runs it as a formula.

    The apostrophe is what those programs themselves write before text that looks like one.
    """
    return f"'{value}" if value.startswith(_FORMULA) else value


def xlsx_text(value: str) -> str:
    """``value`` without the characters that a workbook cannot hold."""
    return ILLEGAL_CHARACTERS_RE.sub(" ", value)


#: ``custom_value_preprocess`` of a report whose rows hold what people wrote.
TEXT_CELLS: Mapping[Any, Mapping[str, Any]] = {
    **SpreadsheetExportMixin.custom_value_preprocess,
    str: {"csv": csv_text, "xlsx": xlsx_text},
}
