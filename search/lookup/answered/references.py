"""Questions about anything: from them a question's own meaning stands out, and none is the site's.

`foreign.tsv` has a hundred from thirteen walks of life, in English and Chinese (simplified).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("foreign.tsv")
_COLUMNS = {"en": 1, "zh": 2}


@cache
def references(language: str) -> tuple[str, ...]:
    """The questions in "en" or "zh"."""
    lines = _FILE.read_text("utf-8").splitlines()
    return tuple(line.split("\t")[_COLUMNS[language]] for line in lines)
