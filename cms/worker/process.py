"""One worker process: starts the loops, and stops them within seconds."""

from __future__ import annotations

import logging
import os
import secrets
import signal
import socket
import time
from functools import partial
from threading import Event, Thread

from django_tasks_db.models import DBTaskResult

from . import leases, loops
from .jobs import Job, all_jobs
from .models import Heartbeat

logger = logging.getLogger("zhida.worker")

#: Seconds that running work gets to finish after the signal to stop.
GRACE = 2.5


class WorkerProcess:
    """The loops of one worker and what ends them."""

    def __init__(self, jobs: list[Job] | None = None) -> None:
        self.name = f"{socket.gethostname()[:30]}-{os.getpid()}-{secrets.token_hex(3)}"
        self.stop = Event()
        self.jobs = all_jobs() if jobs is None else jobs
        self.queue = loops.TaskQueue(self.name)
        self.timetable = loops.Timetable(self.name, self.jobs)
        self.threads: list[Thread] = []

    def catch_signals(self) -> None:
        """SIGTERM and SIGINT end the process cleanly."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stop.set())

    def start(self) -> None:
        """Start all loops; returns at once."""
        leases.announce(self.jobs)
        steps = {
            "pulse": (loops.HEARTBEAT_PAUSE, loops.Pulse(self.name).step),
            "outbox": (loops.OUTBOX_PAUSE, loops.drain_outbox),
            "standby": (loops.STANDBY_PAUSE, loops.follow_index),
            "upkeep": (loops.UPKEEP_PAUSE, loops.IndexUpkeep().step),
            "vectors": (loops.VECTORS_PAUSE, loops.Vectors().step),
            "queue": (loops.QUEUE_PAUSE, self.queue.step),
            "schedule": (loops.SCHEDULE_PAUSE, self.timetable.step),
        }
        self.threads = [
            Thread(target=partial(loops.repeat, self.stop, pause, step), name=name, daemon=True)
            for name, (pause, step) in steps.items()
        ]
        for thread in self.threads:
            thread.start()

    def wait(self) -> None:
        """Wait for the signal, then for the loops; what is still running is given back."""
        self.stop.wait()
        self.queue.finish()
        deadline = time.monotonic() + GRACE
        for thread in [*self.threads, *self.timetable.running]:
            thread.join(max(0.0, deadline - time.monotonic()))
        leases.abandon(self.name)
        mine = [
            row.pk
            for row in DBTaskResult.objects.running().only("pk", "worker_ids")
            if self.name in row.worker_ids
        ]
        loops.requeue(DBTaskResult.objects.filter(pk__in=mine))
        Heartbeat.objects.filter(worker=self.name).delete()
