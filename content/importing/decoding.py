"""Bytes of a file to text: UTF-8 first, then what Chinese files are also written in."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from django.utils.translation import gettext as _

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

#: Where the characters begin that UTF-8 writes with three bytes which no other text is likely to
#: have: a file that holds them before its first bad byte is UTF-8 that was spoilt.
_HAN = 0x2E80


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with ``\\n`` line ends, and how it was read where that was not UTF-8."""

    text: str
    remark: str = ""
    line: int = 0


class UnreadableError(ValueError):
    """The bytes are no text that can be told; ``line`` is where the first bad byte stands."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.line = line


def decode(data: bytes) -> Decoded:
    """The text of ``data``. Raises UnreadableError where its encoding cannot be told."""
    remark, line = "", 0
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        mixed = any(ord(c) >= _HAN for c in data[: error.start].decode(encoding, "ignore"))
        encoding = _guess(data) if encoding == "utf-8" and not mixed else ""
        if not encoding:
            raise UnreadableError(
                _("It is not UTF-8, and no other encoding fits. Save it as UTF-8."), line
            ) from None
        text = data.decode(encoding)
        remark = _("It is not UTF-8; it was read as %(encoding)s.") % {"encoding": encoding.upper()}
    if "\0" in text:
        if text.count("\0") > len(text) // 100 + 1:
            raise UnreadableError(
                _("It is not a text file."), text.count("\n", 0, text.index("\0")) + 1
            )
        line = line or text.count("\n", 0, text.index("\0")) + 1
        remark = remark or _("Characters without meaning (NUL) were left out.")
        text = text.replace("\0", "")
    return Decoded(text.replace("\r\n", "\n").replace("\r", "\n"), remark, line)


def _guess(data: bytes) -> str:
    """The Chinese encoding whose everyday characters make up most of ``data``, or nothing."""
    best, share = "", 0.6
    for name, common in (("gb18030", (0xB0, 0xD7)), ("big5", (0xA4, 0xC6))):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        wide = [c.encode(name) for c in text if ord(c) > 127]
        everyday = sum(1 for c in wide if common[0] <= c[0] <= common[1] or c[0] in (0xA1, 0xA3))
        if wide and everyday / len(wide) > share:
            best, share = name, everyday / len(wide)
    return best
