"""The loops of a worker, each in a thread of its own until ``stop`` is set."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from threading import Event, Thread
from typing import TYPE_CHECKING

from django.db import close_old_connections, connections
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker as TaskWorker
from django_tasks_db.models import DBTaskResult

from . import leases
from .jobs import Job
from .models import Heartbeat

if TYPE_CHECKING:
    from search.index.vectors.making import Maker

logger = logging.getLogger("zhida.worker")

#: Seconds between two looks at an empty outbox, at an empty queue, at the schedule.
OUTBOX_PAUSE, QUEUE_PAUSE, SCHEDULE_PAUSE = 0.2, 0.5, 1.0
HEARTBEAT_PAUSE, STANDBY_PAUSE, UPKEEP_PAUSE, VECTORS_PAUSE = 10.0, 0.5, 5.0, 1.0
#: Rows of the outbox brought to the engine in one commit.
DRAIN_LIMIT = 500


def repeat(stop: Event, pause: float, step: Callable[[], object]) -> None:
    """Call ``step`` until ``stop``; a step that did something (returns true) is followed at once.

    A failure is logged and waits longer before the next attempt, up to a minute.
    """
    failures = 0
    while not stop.is_set():
        close_old_connections()
        try:
            busy = bool(step())
            failures = 0
        except Away as error:
            failures = min(failures + 1, 4)
            busy = False
            logger.warning("%s: %s", getattr(step, "__name__", step), error)
        except Exception:
            failures += 1
            busy = False
            logger.exception("%s failed; it is tried again", getattr(step, "__name__", step))
        if not busy:
            stop.wait(min(60.0, pause * 2 ** min(failures, 9)))
    connections.close_all()


def drain_outbox() -> int:
    """Bring waiting changes to the engine. Returns how many rows were confirmed.

    While an engine is away it is asked every few seconds.
    """
    from search.engine.protocol import EngineFailed
    from search.index import outbox
    from search.index.drain import drain

    try:
        return drain(DRAIN_LIMIT) if outbox.anything_waits() else 0
    except EngineFailed as error:
        raise Away(str(error)) from error


def follow_index() -> int:
    """Keep this node's standby up to date, where the engine is elsewhere. Returns rows taken."""
    from search.index import standby

    return standby.follow() if standby.is_wanted() else 0


class Vectors:
    """Makes what finding by meaning needs, where an embedder is wanted and there."""

    def __init__(self) -> None:
        self.maker: Maker | None = None
        self.made = True

    def step(self) -> bool:
        """See to a few articles, the oldest wait first; where no more wait and the site is searched
        by meaning, see at once from where on that answers."""
        from search.index import generations
        from search.index.vectors import embedders

        if embedders.wanted() is None:
            return False
        from search.index.vectors.making import Maker
        from search.lookup.answered.making import keep_calibrated
        from search.meaning.protocol import EmbedderFailed

        self.maker = self.maker or Maker()
        try:
            busy = bool(self.maker.step())
        except EmbedderFailed as failure:
            raise Away(str(failure)) from failure
        self.made = self.made or busy
        if self.made and not busy and generations.state().model:
            keep_calibrated()
            self.made = False
        return busy


class Away(Exception):
    """A part is away; it is worth asking again soon."""


class IndexUpkeep:
    """Builds the index anew where it was lost or a new version of the house needs another one."""

    def __init__(self) -> None:
        self.since = timezone.now()

    def step(self) -> bool:
        """Look, and build; a rebuild that was stopped is gone on with at the next step."""
        from search.index.rebuild import RebuildFailed
        from search.index.upkeep import keep_up

        try:
            return bool(keep_up(self.since))
        except RebuildFailed as failure:
            raise Away(str(failure)) from failure


class TaskQueue:
    """Runs what the site queued through django-tasks."""

    def __init__(self, worker: str) -> None:
        self.tasks = TaskWorker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=worker,
            excluded_queue_names=[],
        )

    def step(self) -> bool:
        """Run all tasks that are ready."""
        # A look costs no lock; the worker's own look takes the database's write lock.
        if self.tasks.running and DBTaskResult.objects.ready().exists():
            self.tasks.run()
        return False

    def finish(self) -> None:
        """Take no further task."""
        self.tasks.running = False


class Timetable:
    """Starts jobs when they are due, each in its own thread, so that a long one delays none."""

    def __init__(self, worker: str, jobs: list[Job]) -> None:
        self.worker = worker
        self.jobs = jobs
        self.running: list[Thread] = []

    def step(self) -> bool:
        """Start what is due and free."""
        now = timezone.now()
        self.running = [thread for thread in self.running if thread.is_alive()]
        for job in leases.due(self.jobs, now):
            if leases.claim(job, self.worker, now):
                thread = Thread(target=self._thread, args=(job,), name=job.name, daemon=True)
                self.running.append(thread)
                thread.start()
        return False

    def run(self, job: Job) -> None:
        """Run one job that this worker holds, and give it back."""
        began, failure = timezone.now(), ""
        try:
            job.run()
        except Exception as error:
            logger.exception("The job “%s” failed; it runs again when it is next due", job.name)
            failure = f"{type(error).__name__}: {error}"
        leases.release(job, self.worker, began, failure)

    def _thread(self, job: Job) -> None:
        try:
            self.run(job)
        finally:
            connections.close_all()


class Pulse:
    """Says that the worker lives, and takes care of what dead ones left behind."""

    def __init__(self, worker: str) -> None:
        self.worker = worker

    def step(self) -> bool:
        """One beat."""
        now = timezone.now()
        Heartbeat.objects.update_or_create(worker=self.worker, defaults={"seen": now})
        leases.renew(self.worker)
        Heartbeat.objects.filter(seen__lt=now - timedelta(days=1)).delete()
        requeue_orphans()
        return False


def requeue_orphans() -> int:
    """Queue again the tasks whose worker went silent while running them. Returns how many."""
    alive = set(
        Heartbeat.objects.filter(seen__gt=timezone.now() - leases.LEASE).values_list(
            "worker", flat=True
        )
    )
    running = DBTaskResult.objects.running().filter(started_at__lt=timezone.now() - leases.LEASE)
    orphans = [
        row.pk for row in running.only("pk", "worker_ids") if not alive.intersection(row.worker_ids)
    ]
    return requeue(DBTaskResult.objects.filter(pk__in=orphans))


def requeue(rows) -> int:
    """Make running tasks ready again. Returns how many."""
    return rows.filter(status="RUNNING").update(status="READY", started_at=None)
