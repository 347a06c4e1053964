"""How often what readers see has changed: by this, kept pages are known to be old."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import Count, Max
from django.utils import timezone

#: Older rows have done their work.
_KEPT = timedelta(days=1)


class Edition(models.Model):
    """One row a change, added within its transaction: nobody waits for anybody's lock.

    Transactions may end in another order than their rows were numbered, so that the last number
    does not tell that something has changed; together with the number of rows it does.
    """

    created = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.pk)

    @classmethod
    def current(cls) -> tuple[int, int]:
        """The edition now, (last number, number of rows): one query."""
        found = cls.objects.aggregate(last=Max("pk"), rows=Count("pk"))
        return found["last"] or 0, found["rows"]

    @classmethod
    def advance(cls, **signal: Any) -> None:
        """A next edition; also a receiver of signals."""
        cls.objects.create()

    @classmethod
    def trim(cls) -> None:
        """Let go of old rows; what is left is an edition of its own."""
        if cls.objects.filter(created__lt=timezone.now() - _KEPT).delete()[0]:
            cls.advance()
