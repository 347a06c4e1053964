"""Taiwan's words for what the mainland calls otherwise: 資料庫 is 数据库, 軟體 is 软件."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import cast

import opencc

from .folding import HAN, simplify

_RUN = re.compile(f"[{HAN}]{{2,}}")
_LONGEST = 6


def regional(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, the mainland's word) of Taiwan's words in `text`, in reading order;
    nothing where the two differ in their characters alone."""
    for run in _RUN.finditer(text):
        if _converted(run[0]) != simplify(run[0]):
            yield from _words(run[0], run.start())


def _words(run: str, offset: int) -> Iterator[tuple[int, int, str]]:
    at = 0
    while at < len(run) - 1:
        size = next((n for n in range(_LONGEST, 1, -1) if _is_one(run[at : at + n], n)), 0)
        if size:
            yield offset + at, offset + at + size, _converted(run[at : at + size])
        at += size or 1


def _is_one(piece: str, size: int) -> bool:
    """Whether Taiwan's word for it is the piece as a whole, not one of its parts."""
    meant = _converted(piece)
    return (
        len(piece) == size
        and meant != simplify(piece)
        and all(_converted(piece[:i]) + _converted(piece[i:]) != meant for i in range(1, size))
    )


@lru_cache(maxsize=4096)
def _converted(text: str) -> str:
    return cast(str, _converter().convert(text))


@lru_cache(maxsize=1)
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("tw2sp")
