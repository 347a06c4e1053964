"""Pieces of a body to its HTML, headings and sections, each with the audience that may see it."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from content.audience import Audience
from content.markdown import ANCHOR_PREFIX, anchor_of
from content.markdown.callouts import LABELS

_HEADING = re.compile(r"<h([1-6])(?: id=\"([^\"]*)\")?>(.*?)</h\1>", re.S)
_TITLE = re.compile(r"<p class=\"z-callout-title\">([^<]*)</p>")
_BREAK = re.compile(r"</(?:p|li|tr|pre|div|dt|dd|blockquote|caption|figcaption|summary)>|<br>")
_CELL = re.compile(r"</t[dh]>\s*(?=<t[dh])")
_TAG = re.compile(r"<[^<>]*>")
_BLANKS = re.compile(r"[ \t]+")
_LINES = re.compile(r"\s*\n\s*")
_FOOTNOTE = re.compile(r"((?:id=\"|href=\"#))(fn(?:ref\d*)?-)")
_NOTHING = SafeString("")


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of the table of contents; ``level`` is 2 to 6."""

    level: int
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """Plain text under one heading (both "" before the first), and the lowest audience for it."""

    anchor: str
    heading: str
    text: str
    audience: Audience


@dataclass(frozen=True, slots=True)
class RenderedBody:
    """What one audience may see of a body."""

    html: SafeString = _NOTHING
    toc: tuple[Heading, ...] = ()
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """HTML of one block, or an enclosing tag (which holds no text)."""

    html: str
    audience: Audience
    enclosing: bool = False


def plain_text(markup: str) -> str:
    """The text of sanitised HTML: a line for each paragraph, item and row; dots between cells."""
    text = markup
    if "z-callout-title" in text:
        text = _TITLE.sub(lambda m: "" if html.unescape(m[1]) in LABELS else m[0], text)
    if "<" in text:
        text = _BREAK.sub("\n", text)
        if "<t" in text:
            text = _CELL.sub(" · ", text)
        text = _TAG.sub("", text)
    text = html.unescape(text)
    if "  " in text or "\t" in text:
        text = _BLANKS.sub(" ", text)
    return _LINES.sub("\n", text).strip() if "\n" in text else text.strip()


def assemble(pieces: Iterable[Piece], audience: Audience) -> RenderedBody:
    """The pieces that ``audience`` may see, with anchors unique on the page."""
    assembly = _Assembly(audience)
    for piece in pieces:
        assembly.add(piece)
    return RenderedBody(
        mark_safe("\n".join(assembly.html)), tuple(assembly.toc), assembly.sections()
    )


class _Assembly:
    """A body while it is put together.

    Anchors are numbered within each audience, so that what agents see neither renames what
    customers see nor can be guessed from it. Text belongs to the last heading that all its readers
    see.
    """

    def __init__(self, audience: Audience) -> None:
        self.audience = audience
        self.html: list[str] = []
        self.toc: list[Heading] = []
        self._taken: Counter[str] = Counter()
        self._last: dict[Audience, tuple[int, Heading]] = {}
        self._texts: dict[tuple[str, Audience], tuple[str, list[str]]] = {}
        self._pieces = 0

    def add(self, piece: Piece) -> None:
        self._pieces += 1
        if not self.audience.sees(piece.audience):
            return
        if piece.enclosing:
            self.html.append(piece.html)
            return
        markup = piece.html
        if "z-footnote" in markup:
            markup = _FOOTNOTE.sub(rf"\g<1>b{self._pieces}-\2", markup)
        done, at = [], 0
        for match in _HEADING.finditer(markup):
            before = markup[at : match.start()]
            self._text(before, piece.audience)
            done += [before, self._heading(match, piece.audience)]
            at = match.end()
        self._text(markup[at:], piece.audience)
        self.html.append("".join([*done, markup[at:]]))

    def sections(self) -> tuple[Section, ...]:
        """In the order of the page."""
        return tuple(
            Section(anchor, heading, "\n".join(texts), audience)
            for (anchor, audience), (heading, texts) in self._texts.items()
            if heading or texts
        )

    def _above(self, audience: Audience) -> Heading:
        seen = [last for level, last in self._last.items() if audience.sees(level)]
        return max(seen, key=lambda each: each[0])[1] if seen else Heading(1, "", "")

    def _heading(self, match: re.Match[str], audience: Audience) -> str:
        text = plain_text(match[3]).replace("\n", " ")
        level = min(max(2, int(match[1])), self._above(audience).level + 1)
        anchor = self._anchor(match[2] or ANCHOR_PREFIX + anchor_of(text), audience)
        heading = Heading(level, anchor, text)
        self._last[audience] = (len(self.toc), heading)
        self.toc.append(heading)
        self._texts[anchor, audience] = (text, [])
        return f'<h{level} id="{html.escape(anchor)}">{match[3]}</h{level}>'

    def _anchor(self, wanted: str, audience: Audience) -> str:
        if audience is not Audience.PUBLIC:
            wanted = f"h{audience.level}-{wanted.removeprefix(ANCHOR_PREFIX)}"
        anchor = wanted
        while anchor in self._taken:
            self._taken[wanted] += 1
            anchor = f"{wanted}-{self._taken[wanted]}"
        self._taken[anchor] += 1
        return anchor

    def _text(self, markup: str, audience: Audience) -> None:
        if text := plain_text(markup):
            above = self._above(audience)
            self._texts.setdefault((above.anchor, audience), (above.text, []))[1].append(text)
