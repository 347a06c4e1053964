"""What the worker has counted: a run, and a row for each entry and question it saw enough of."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class SignalRun(models.Model):
    """One count of the last ``days`` days; readers use the latest that is finished.

    ``curve`` is channel → click-through rate (0–1) by rank, the first rank first. ``helpful`` and
    ``solved`` are the shares (0–1) of the site as a whole.
    """

    created = models.DateTimeField(default=timezone.now)
    finished = models.DateTimeField(null=True, blank=True)
    days = models.PositiveIntegerField()
    searches = models.PositiveIntegerField(default=0)
    curve = models.JSONField(default=dict)
    helpful = models.FloatField(default=0.5)
    solved = models.FloatField(default=0.5)

    class Meta:
        app_label = "lookup"

    def __str__(self) -> str:
        return f"{self.created:%Y-%m-%d %H:%M}"


class SignalCount(models.Model):
    """Clicks on an entry for one question (its hash), or what is said of it (``question`` 0).

    ``level`` is that of the searches counted: 0 by the public, 1 by signed-in customers. Votes and
    agents' cases are no search's and stand at level 0. ``expected`` are clicks.
    """

    run = models.ForeignKey(SignalRun, on_delete=models.CASCADE, related_name="counts")
    object_id = models.BigIntegerField()
    question = models.BigIntegerField(default=0)
    level = models.PositiveSmallIntegerField(default=0)
    clicks = models.PositiveIntegerField(default=0)
    expected = models.FloatField(default=0)
    helpful = models.PositiveIntegerField(default=0)
    unhelpful = models.PositiveIntegerField(default=0)
    solved = models.PositiveIntegerField(default=0)
    unsolved = models.PositiveIntegerField(default=0)

    class Meta:
        app_label = "lookup"

    def __str__(self) -> str:
        return f"{self.object_id} {self.question or ''}".strip()
