"""How often what readers see has changed: by this number, kept pages are known to be old."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F

_ONLY = 1


class Edition(models.Model):
    """One row. It moves within the transaction that changes something, and so does not lag."""

    number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def current(cls) -> int:
        """The number now: one query."""
        return cls.objects.filter(pk=_ONLY).values_list("number", flat=True).first() or 0

    @classmethod
    def advance(cls, **signal: Any) -> None:
        """A next edition; also a receiver of signals."""
        if not cls.objects.filter(pk=_ONLY).update(number=F("number") + 1):
            cls.objects.get_or_create(pk=_ONLY, defaults={"number": 1})
