"""What a Chinese reader is shown in his own script, whichever the words came in."""

from __future__ import annotations

from functools import lru_cache
from typing import cast

import opencc

from .folding import simplify
from .regional import regional


def in_script_of(locale: str, text: str, typed: str = "") -> str:
    """``text`` in the characters of ``locale``; unchanged where that is not written in Chinese.

    Taiwan's words of ``typed`` that became the mainland's (see `regional`) come back as typed.
    """
    if locale == "zh-hans":
        return simplify(text)
    if locale != "zh-hant":
        return text
    shown = _traditional(text)
    for start, end, word in regional(typed):
        shown = shown.replace(_traditional(word), typed[start:end])
    return shown


@lru_cache(maxsize=4096)
def _traditional(text: str) -> str:
    return cast(str, _converter().convert(text))


@lru_cache(maxsize=1)
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("s2tw")
