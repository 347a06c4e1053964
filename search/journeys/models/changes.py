"""What changed, for those who count: the hours whose records are no longer as they were counted."""

from __future__ import annotations

from django.db import models


class ChangedHour(models.Model):
    """An hour (UTC) in which a record was made, changed or removed.

    Rows are only ever added here and removed by who has counted anew, by id: a row that is written
    while somebody counts is left for the next time.
    """

    hour = models.DateTimeField()

    class Meta:
        verbose_name = "changed hour"
        verbose_name_plural = "changed hours"

    def __str__(self) -> str:
        return self.hour.isoformat()
