"""The worker as a process: starts, works, and stops when told."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest
from django.conf import settings

from cms.worker import loops
from cms.worker.models import Heartbeat, JobRun
from cms.worker.process import WorkerProcess
from tests.database import address
from tests.waiting import until


@pytest.mark.alone
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_worker_stops_within_three_seconds_of_the_signal(number):
    environment = {**os.environ, "DATABASE_URL": address()}
    process = subprocess.Popen(
        [sys.executable, str(settings.BASE_DIR / "manage.py"), "worker"],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout.readline().startswith("Worker ")
        assert until(Heartbeat.objects.exists, seconds=20)
        began = time.monotonic()
        process.send_signal(number)
        assert process.wait(10) == 0
        assert time.monotonic() - began < 3.0
        assert not Heartbeat.objects.exists()
    finally:
        process.kill()
        process.stdout.close()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_step_that_raises_is_tried_again_and_stops_nothing_else():
    stop, calls = threading.Event(), []

    def step() -> None:
        calls.append(1)
        if len(calls) == 1:
            raise RuntimeError("once")
        stop.set()

    thread = threading.Thread(target=loops.repeat, args=(stop, 0.01, step))
    thread.start()
    thread.join(5)
    assert len(calls) == 2


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_one_failing_job_does_not_keep_the_others_from_running():
    from django.utils import timezone

    from cms.worker import leases
    from cms.worker.jobs import Job

    done = threading.Event()
    jobs = [Job("a failing job", 1, lambda: 1 / 0), Job("a good job", 1, done.set)]
    leases.announce(jobs)
    JobRun.objects.update(last_run=timezone.now() - timezone.timedelta(hours=1))
    process = WorkerProcess(jobs)
    process.start()
    try:
        assert done.wait(10)
    finally:
        process.stop.set()
        process.wait()
