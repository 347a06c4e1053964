"""What workers tell each other through the database."""

from __future__ import annotations

from django.db import models


class JobRun(models.Model):
    """One job of the schedule: when it last ran, and which worker holds it now."""

    name = models.CharField(max_length=100, primary_key=True)
    #: When the last finished run began.
    last_run = models.DateTimeField()
    leased_by = models.CharField(max_length=64, blank=True)
    #: Until then no other worker may run it; a living worker keeps moving this forward.
    leased_until = models.DateTimeField(null=True, blank=True)
    #: Why the last run failed; empty where it did not.
    failure = models.TextField(blank=True)

    class Meta:
        app_label = "cms"

    def __str__(self) -> str:
        return self.name


class Heartbeat(models.Model):
    """A worker that is alive, or was until ``seen``."""

    worker = models.CharField(max_length=64, primary_key=True)
    started = models.DateTimeField(auto_now_add=True)
    seen = models.DateTimeField(db_index=True)

    class Meta:
        app_label = "cms"

    def __str__(self) -> str:
        return self.worker
