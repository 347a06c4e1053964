"""Tells a Markdown text's prose from its code, so that code is never rewritten."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_CODE = re.compile(
    r"""
    ^(?:[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?)(?P<fence>`{3,}|~{3,})[^\n`]*\n
        (?:.*\n)*?
        (?:[ \t>]*(?P=fence)[`~]*[ \t]*$|.*\Z)
    | (?<!`)(?P<ticks>`+)(?!`)(?:[^`\n]|\n(?![ \t]*\n)|(?!(?P=ticks)(?!`))`)*?(?<!`)(?P=ticks)(?!`)
    | <!--.*?-->
    """,
    re.VERBOSE | re.MULTILINE,
)
_TOKEN = re.compile("\0(\\d+)\0")

#: Stands for what was left out, until ``tidy`` closes the gap. ``mask`` takes it out of texts.
GAP = "\1"
_RUN = "(?:\1[ \t]*)+"
_GAP_BEFORE_STOP = re.compile(f"[ \t]*{_RUN}(?=[,.;:!?)\\]，。；：！？、）]|$)", re.MULTILINE)
_GAP_AT_START = re.compile(f"^([ \t>]*(?:[-*+] |\\d{{1,9}}[.)] |#+ )?){_RUN}", re.MULTILINE)
_GAP_WITHIN = re.compile(f"[ \t]*{_RUN}")


@dataclass(frozen=True, slots=True)
class Masked:
    """A text whose code and comments are replaced by short tokens."""

    text: str
    pieces: tuple[str, ...]

    def line(self, offset: int) -> int:
        """The line (from 0) in the original text of ``offset`` in the masked one."""
        before = self.text[:offset]
        hidden = sum(self.pieces[int(i)].count("\n") for i in _TOKEN.findall(before))
        return before.count("\n") + hidden

    def with_pieces(self, change: Callable[[str, int], str]) -> Masked:
        """The same with each piece of code changed, given it and the offset of its token."""
        if not self.pieces:
            return self
        at = {int(m[1]): m.start() for m in _TOKEN.finditer(self.text)}
        pieces = (change(piece, at.get(n, 0)) for n, piece in enumerate(self.pieces))
        return Masked(self.text, tuple(pieces))

    def restore(self, text: str) -> str:
        """``text``, made from the masked one, with its code back."""
        return _TOKEN.sub(lambda m: self.pieces[int(m[1])], text) if self.pieces else text


def mask(text: str) -> Masked:
    """Hide the code and comments of ``text``. It holds no NUL (see decoding)."""
    text = text.replace(GAP, "")
    if "`" not in text and "~~~" not in text and "<!--" not in text:
        return Masked(text, ())
    pieces: list[str] = []

    def hide(match: re.Match[str]) -> str:
        pieces.append(match[0])
        return f"\0{len(pieces) - 1}\0"

    return Masked(_CODE.sub(hide, text), tuple(pieces))


def tidy(text: str) -> str:
    """Close the gaps that were left: no doubled spaces, none before a stop."""
    if GAP not in text:
        return text
    text = _GAP_AT_START.sub(r"\g<1>", text)
    text = _GAP_BEFORE_STOP.sub("", text)
    return _GAP_WITHIN.sub(lambda m: "" if m[0].strip(" \t") == m[0] else " ", text)
