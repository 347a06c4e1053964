"""Takes out what identifies a person, before anything is written: of searches and of imports alike.

Secrets; e-mail addresses, telephone numbers and accounts; numbers of papers, cards and cars; names
after a cue; addresses. Order numbers, versions, dates, prices and error codes stay.
"""

from __future__ import annotations

from collections import OrderedDict

from . import (
    births,
    cards,
    chinese_names,
    devices,
    emails,
    handles,
    latin_names,
    papers,
    phones,
    places,
    runs,
    secrets,
    vehicles,
)
from .checksums import is_identity_18, luhn
from .kept import KEPT
from .rules import Redactor

__all__ = ["is_identity_18", "luhn", "redact"]

#: What proves itself goes before what is only called something, and long runs of digits go last.
_KINDS = (
    *(secrets, emails, papers, cards, vehicles, births, devices, handles, phones, places),
    *(chinese_names, latin_names, runs),
)
_redacted = Redactor((rule for kind in _KINDS for rule in kind.RULES), KEPT)


#: Texts in which nothing was found, which people send again and again; how many, and how long.
_clean: OrderedDict[str, None] = OrderedDict()
_MOST, _LONGEST = 4000, 200


def redact(text: str) -> str:
    """``text`` with every personal number, address, name and secret replaced by a placeholder."""
    if text in _clean:
        return text
    redacted = _redacted(text)
    # What is personal is not kept in memory either.
    if redacted == text and len(text) <= _LONGEST:
        _clean[text] = None
        while len(_clean) > _MOST:
            _clean.popitem(last=False)
    return redacted
