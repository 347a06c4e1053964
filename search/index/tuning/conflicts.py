"""Pins that meet the same question: both stand, in an order that their writer may not expect."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from .rules import PinRule


def conflicts(pin: PinRule, others: Iterable[PinRule]) -> list[PinRule]:
    """Those of ``others`` that some reader's one question meets together with ``pin``.

    They share a language and a time, and the question of one is met by the other. Audiences never
    keep two apart: who may see more is met by both.
    """
    return [
        other
        for other in others
        if other.id != pin.id
        and (pin.locale == other.locale or "" in (pin.locale, other.locale))
        and _starts_before_end(pin.starts, other.ends)
        and _starts_before_end(other.starts, pin.ends)
        and (_meets(pin, other) or _meets(other, pin))
    ]


def _meets(pin: PinRule, other: PinRule) -> bool:
    return pin.asked(other.key, pin.locale or other.locale, max(pin.level, other.level))


def _starts_before_end(start: datetime | None, end: datetime | None) -> bool:
    return not start or not end or start < end
