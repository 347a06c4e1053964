"""A copy of a text to look for patterns in: of the same length, with ASCII's width and digits.

Offsets in the copy are offsets in the text.
"""

from __future__ import annotations

import unicodedata

_DASHES = dict.fromkeys("‐‑‒–—−－", "-")
_BLANKS = dict.fromkeys("\u00a0\u2002\u2003\u2009\u202f\u3000\t\u200b\u200c\u200d\u2060\ufeff", " ")
#: Numerals as written on cheques.
_NUMERALS = dict(zip("壹贰叁肆伍陆柒捌玖貳參陸", "123456789236", strict=True))
_OTHERS = _DASHES | _BLANKS | _NUMERALS


def ascii_copy(text: str) -> str:
    """``text`` with full-width characters, digits, dashes and blanks in their ASCII form."""
    return text if text.isascii() else "".join(map(_ascii_character, text))


def _ascii_character(character: str) -> str:
    if character.isascii() or character == "。":
        return character
    if "\u4e00" <= character <= "\u9fff":
        return _NUMERALS.get(character, character)
    if "\uff01" <= character <= "\uff5e":
        return chr(ord(character) - 0xFEE0)
    if (digit := unicodedata.digit(character, None)) is not None:
        return str(digit)
    return _OTHERS.get(character, character)
