"""Takes out what identifies a person, before anything is written: of searches and of imports alike.

Secrets; e-mail addresses, telephone numbers and accounts; numbers of papers, cards and cars; names
after a cue; addresses. Order numbers, versions, dates, prices and error codes stay.
"""

from __future__ import annotations

import re

from . import contacts, identities, people, places, secrets
from .checksums import is_identity_18, luhn
from .rules import apply

__all__ = ["is_identity_18", "luhn", "redact"]

_RULES = [
    *secrets.RULES,
    *contacts.EMAILS,
    *identities.IDENTITIES,
    *contacts.HANDLES,
    *contacts.PHONES,
    *places.RULES,
    *people.RULES,
    *identities.RUNS,
]
_KEPT = re.compile(
    identities.KEPT
    + r"|(?<![A-Z0-9])(?P<date>20[0-4]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{2,16})(?!\d)",
    re.IGNORECASE | re.ASCII,
)


def redact(text: str) -> str:
    """``text`` with every personal number, address, name and secret replaced by a placeholder."""
    return apply(text, _RULES, _KEPT)
