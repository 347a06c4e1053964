"""A site of its own for benches: made once a run, with any number of articles, then served."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .corpora import MadeArticle, articles

WORKERS, THREADS = 2, 4
OURS = "tests.bench.wsgi:application"


def prepare(size: int) -> int:
    """Migrate, lay the ground and fill up to ``size`` articles; returns seconds it took."""
    from content.models import Entry

    started = time.monotonic()
    ground()
    if Entry.objects.count() != size:
        _fill(size)
    return round(time.monotonic() - started)


def ground() -> None:
    """The tables, the languages and their front pages, where they are not there yet."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    from cms.new_site import lay_ground

    lay_ground()


def _fill(size: int) -> None:
    from content.models import Entry
    from search.index import check, drain, engine

    have = Entry.objects.count()
    batch: list[MadeArticle] = []
    for position, article in enumerate(articles(size)):
        if position < have:
            continue
        batch.append(article)
        if len(batch) == 500:
            _write(batch)
            _say(f"made {position + 1} of {size}")
            batch = []
    _write(batch)
    _say("telling the engine")
    while drain.drain_all() or drain.pending():
        time.sleep(0.2)
    differences = check.compare(engine())
    if differences:
        raise RuntimeError(f"The index is not complete: {differences[:3]}")
    _say("")


def _write(batch: list[MadeArticle]) -> None:
    from django.db import transaction

    from content.importing.bulk import NewPage, build
    from content.models import Article
    from content.signals import entries_changed

    if not batch:
        return
    places = shelves()
    with transaction.atomic():
        new = []
        for number, made in enumerate(batch):
            shelf = places[made.locale][number % len(places[made.locale])]
            page = Article(
                title=made.title,
                slug=f"a-{time.time_ns()}-{number}",
                locale=shelf.locale,
                lead=made.lead,
                body=made.blocks,
                live=True,
            )
            new.append(NewPage(page, shelf, [], []))
        entries_changed.send(sender=Article, ids=frozenset(build(new)))


def shelves() -> dict[str, list]:
    """Twenty categories of each language, made where they are missing."""
    from content.models import Category, FrontPage

    made: dict[str, list] = {}
    for front in FrontPage.objects.filter(locale__language_code__in=("en", "zh-hans")):
        found = list(Category.objects.child_of(front).select_related("locale"))
        while len(found) < 20:
            shelf = Category(title=f"Shelf {len(found) + 1}", locale=front.locale)
            front.add_child(instance=shelf)
            found.append(shelf)
        made[front.locale.language_code] = found
    return made


def ours_of(titles: Iterable[str]) -> dict[str, Any]:
    """Our articles by their titles, which are each one's own here."""
    from content.models import Article

    return {page.title: page for page in Article.objects.filter(title__in=list(titles))}


def _say(text: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K{text}")


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs: its address and its first process."""

    address: str
    pid: int

    def cpu_seconds(self) -> float:
        """Processor time of all its processes, in steps of 10 ms."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        ticks = 0
        for pid in (str(self.pid), *children):
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")


@contextmanager
def served(application: str = OURS, **environment: str) -> Iterator[Server]:
    """The application behind gunicorn as `make run` starts it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}"]
    command += ["--workers", str(WORKERS), "--threads", str(THREADS), "--worker-class", "gthread"]
    command += ["--config", "python:cms.web"] if application == OURS else ["--preload"]
    command += ["--log-level", "error", "--keep-alive", "30"]
    root = Path(__file__).resolve().parents[2]
    server = subprocess.Popen(command, cwd=root, env={**os.environ, **environment})
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            with suppress(OSError):
                urllib.request.urlopen(f"{address}/bench/empty", timeout=5).close()
                break
            time.sleep(0.1)
        yield Server(address, server.pid)
    finally:
        server.terminate()
        server.wait(20)
