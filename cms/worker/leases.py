"""Who runs a job: one worker at a time, and another one where that worker has died."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from .jobs import Job
from .models import JobRun

#: How long a worker may be silent before another takes its job over.
LEASE = timedelta(seconds=60)


def announce(jobs: list[Job]) -> None:
    """Make the rows of jobs that are new here; each is first due one period from now."""
    now = timezone.now()
    JobRun.objects.bulk_create(
        [JobRun(name=job.name, last_run=now) for job in jobs], ignore_conflicts=True
    )


def due(jobs: list[Job], now: datetime) -> list[Job]:
    """Jobs that are due and that nobody holds, by one query. ``claim`` decides who gets them."""
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=now)
    ran = dict(JobRun.objects.filter(free).values_list("name", "last_run"))
    return [job for job in jobs if job.name in ran and ran[job.name] <= job.latest_due(now)]


def claim(job: Job, worker: str, now: datetime) -> bool:
    """Take the job in one conditional update: True for exactly one of several workers."""
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=now)
    rows = JobRun.objects.filter(free, name=job.name, last_run__lte=job.latest_due(now))
    return rows.update(leased_by=worker, leased_until=now + LEASE) == 1


def renew(worker: str) -> None:
    """Keep what this worker is running."""
    held = JobRun.objects.filter(leased_by=worker, leased_until__isnull=False)
    held.update(leased_until=timezone.now() + LEASE)


def release(job: Job, worker: str, began: datetime, failure: str = "") -> None:
    """Give the job back as run at ``began``; a failed one is tried again when next due."""
    JobRun.objects.filter(name=job.name, leased_by=worker).update(
        last_run=began, leased_by="", leased_until=None, failure=failure
    )


def abandon(worker: str) -> None:
    """Give back, as not run, everything a stopping worker still holds."""
    JobRun.objects.filter(leased_by=worker).update(leased_by="", leased_until=None)
