"""Leads links to headings that share a name to the right one.

GitHub and the generators of documentation sites call the second heading of a name ``name-1`` and
count the title along; here it is ``name-2`` and the title has a place of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from urllib.parse import quote, unquote

from content.audience import Audience
from content.markdown import ANCHOR_PREFIX, anchor_of
from content.rendering.sections import Piece, assemble

from .drafts import EntryDraft
from .prose import mask
from .settling import everywhere
from .streams import texts
from .worker import render

#: A link, within the texts or to another file, whose anchor ends with a number.
_NUMBERED = re.compile(
    r"""(?P<before>\]\(\s*<?|\bhref\s*=\s*["']|^[ ]{0,3}\[[^\]\n]+\]:[ \t]+)"""
    r"""(?:zhida-page:(?P<page>[^\s)#"'>]+))?\#(?P<anchor>[^\s)"'>]*-\d+)(?=[\s)"'>]|$)""",
    re.MULTILINE | re.IGNORECASE,
)


def with_own_anchors(drafts: Sequence[EntryDraft]) -> list[EntryDraft]:
    """``drafts`` with the anchors of their numbered links as the pages will have them."""
    linking = {d.file: set(_targets(d)) for d in drafts if not d.exported}
    wanted = {name for names in linking.values() for name in names}
    anchors = {d.file: _anchors(d) for d in drafts if d.file in wanted}
    return [_led(d, anchors) if linking.get(d.file) else d for d in drafts]


def _targets(draft: EntryDraft) -> Iterable[str]:
    for text in texts(draft.body):
        if "#" in text:
            for match in _NUMBERED.finditer(mask(text).text):
                yield unquote(match["page"]) if match["page"] else draft.file


def _led(draft: EntryDraft, anchors: dict[str, dict[str, str]]) -> EntryDraft:
    def led(match: re.Match[str]) -> str:
        known = anchors.get(unquote(match["page"]) if match["page"] else draft.file, {})
        written = unquote(match["anchor"]).lower()
        own = known.get(written, written)
        if own == written:
            return match[0]
        return match[0].replace(f"#{match['anchor']}", f"#{quote(own)}")

    def text(value: str) -> str:
        masked = mask(value)
        return masked.restore(_NUMBERED.sub(led, masked.text))

    return everywhere(draft, text, having="#")


def _anchors(draft: EntryDraft) -> dict[str, str]:
    """Anchors of the page's headings by what other sites call them, where a name is repeated."""
    pieces = (Piece(render(text) or "", Audience.PUBLIC) for text in texts(draft.body))
    headings = [(anchor_of(h.text), h.anchor) for h in assemble(pieces, Audience.PUBLIC).toc]
    with_title = _numbered([(anchor_of(draft.title), ""), *headings])
    found = _numbered(headings) | with_title
    return {name: own.removeprefix(ANCHOR_PREFIX) for name, own in found.items() if own}


def _numbered(headings: Iterable[tuple[str, str]]) -> dict[str, str]:
    seen: Counter[str] = Counter()
    found: dict[str, str] = {}
    for name, own in headings:
        number = seen[name]
        seen[name] += 1
        found[f"{name}-{number}" if number else name] = own
    return found
