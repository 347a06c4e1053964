"""Tables as GitHub writes them, for authors who do not want to write JSON."""

from __future__ import annotations

import re
from typing import Any

_CELL = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$")


def read_table(text: str) -> dict[str, Any]:
    """The value of a table block. Raises ValueError where ``text`` is no table."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) < 2 or not _RULE.match(lines[1]):
        raise ValueError("not a table")
    rows = [_cells(line) for index, line in enumerate(lines) if index != 1]
    width = max(len(row) for row in rows)
    return {
        "data": [row + [""] * (width - len(row)) for row in rows],
        "cell": [],
        "first_row_is_table_header": True,
        "first_col_is_header": False,
        "table_header_choice": "row",
        "table_caption": "",
    }


def _cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    return [cell.strip().replace("\\|", "|") for cell in _CELL.split(inner)]
