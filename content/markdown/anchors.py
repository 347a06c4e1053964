"""Anchors of headings: stable, readable, the same as on the sites that texts come from."""

from __future__ import annotations

import re
from urllib.parse import unquote

#: No property of ``window`` or ``document`` has a hyphen, so no anchor can take one's place.
ANCHOR_PREFIX = "h-"

_DROPPED = re.compile(r"[^\w\- ]+")
_OWN = re.compile(r"^(?:h\d?|fn|fnref|fnref\d+)-")


def anchor_of(heading: str) -> str:
    """The anchor of a heading, without prefix: lower case, hyphens for blanks, Han kept."""
    return _DROPPED.sub("", heading.strip().lower()).replace(" ", "-") or "section"


def fragment(target: str) -> str:
    """The anchor that a link's fragment (after ``#``) points to, prefixed."""
    target = unquote(target)
    if _OWN.match(target):
        return target
    return ANCHOR_PREFIX + anchor_of(target)
