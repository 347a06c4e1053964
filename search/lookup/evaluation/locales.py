"""Tells in which of the site's languages texts are written, by their characters."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice
from typing import cast

import opencc

from search.text.folding import HAN, simplify

_HAN = re.compile(f"[{HAN}]")
_LATIN_WORD = re.compile(r"[A-Za-z]+")
#: Chinese texts name products and commands in English; one word there is one character here.
CHINESE = 0.3
_SAMPLE = 2000


def locale_of(texts: Iterable[str]) -> str:
    """en, zh-hans or zh-hant, by a sample of the texts as a whole."""
    sample = "\n".join(islice(texts, _SAMPLE))
    han = "".join(_HAN.findall(sample))
    if len(han) <= CHINESE * (len(han) + len(_LATIN_WORD.findall(sample))):
        return "en"
    traditional = sum(a != b for a, b in zip(han, simplify(han), strict=True))
    simplified = sum(a != b for a, b in zip(han, _traditional(han), strict=False))
    return "zh-hant" if traditional > simplified else "zh-hans"


def _traditional(text: str) -> str:
    return cast(str, _converter().convert(text))


@lru_cache(maxsize=1)
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")
