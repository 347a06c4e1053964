"""Runs queued tasks, the index's outbox and the schedule until told to stop."""

from __future__ import annotations

import logging
from typing import Any

from django.core.management import BaseCommand

from cms.worker.process import WorkerProcess


class Command(BaseCommand):
    help = (
        "Run queued tasks, bring changes to the index and do what is due. "
        "Start more than one where more is wanted; each job still runs once."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if not logging.getLogger("zhida").hasHandlers():
            logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
        process = WorkerProcess()
        process.catch_signals()
        process.start()
        self.stdout.write(f"Worker {process.name} started: {len(process.jobs)} scheduled jobs.")
        process.wait()
        self.stdout.write("Worker stopped.")
