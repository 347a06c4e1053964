"""What can happen to a site: each mishap begins, lasts a while and is made good again."""

from __future__ import annotations

import contextlib
import fcntl
import os
import resource
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from . import health
from .embedder import RUBBISH
from .parts import Process, Site, wait_for

Mishap = Callable[[Site], None]
#: Seconds that most of them last.
LASTS = 2.0
#: Seconds in which health has to name what fails; a web server notices it while people search.
NAMED = 20.0


def worker_killed(site: Site) -> None:
    """kill -9, then a new one."""
    for worker in site.workers:
        worker.kill()
    time.sleep(LASTS)
    for worker in site.workers:
        worker.start()


def worker_hung(site: Site) -> None:
    """A worker stops in the middle of whatever it does, and goes on later."""
    with _stopped(site.workers[0]):
        time.sleep(LASTS)


def web_killed(site: Site) -> None:
    """One of two web servers; the other serves."""
    site.web[0].kill()
    time.sleep(LASTS)
    site.web[0].start()
    wait_for(f"http://127.0.0.1:{site.ports[0]}/healthz")


def web_process_killed(site: Site) -> None:
    """One process of a web server, which its parent replaces."""
    parent = site.web[1].running
    assert parent
    if children := _children(parent.pid):
        with contextlib.suppress(ProcessLookupError):
            os.kill(children[0], signal.SIGKILL)
    time.sleep(LASTS)


def disk_full_for_workers(site: Site) -> None:
    """Nothing more can be written than a few bytes, by the workers' processes."""
    for worker in site.workers:
        _limit(worker, 512)
    time.sleep(LASTS)
    for worker in site.workers:
        _limit(worker, resource.RLIM_INFINITY)


def disk_full_for_web(site: Site) -> None:
    """The same for the web servers: what people did cannot be written down, and they are
    answered all the same."""
    for web in site.web:
        _limit(web, 512)
    time.sleep(LASTS)
    for web in site.web:
        _limit(web, resource.RLIM_INFINITY)


def index_locked(site: Site) -> None:
    """Somebody else writes and does not end."""
    with contextlib.ExitStack() as held:
        for folder in _generations(site):
            lock = held.enter_context((folder / "writer.lock").open("a"))
            with contextlib.suppress(OSError):
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        time.sleep(LASTS)


def index_read_only(site: Site) -> None:
    """The folder of the index takes no new files."""
    folders = [f for f in _generations(site) if f.exists()]
    for folder in folders:
        folder.chmod(0o500)
    time.sleep(LASTS)
    for folder in folders:
        if folder.exists():
            folder.chmod(0o700)


def index_removed(site: Site) -> None:
    """Somebody has removed the folder of the index; the worker builds it anew."""
    for folder in _generations(site):
        shutil.rmtree(folder, ignore_errors=True)
    time.sleep(4 * LASTS)


def standby_removed(site: Site) -> None:
    """The same with the copy."""
    shutil.rmtree(site.var / "index/standby", ignore_errors=True)
    time.sleep(LASTS)


def rebuild_killed(site: Site) -> None:
    """kill -9 in the middle of a rebuild; the next one goes on or begins anew."""
    rebuild = site.process("rebuild", ["manage.py", "rebuild_index"])
    rebuild.start()
    rebuild.wait(3.0 + LASTS / 2)
    rebuild.kill()


def two_rebuilds(site: Site) -> None:
    """At once: one of them does it, the other says so."""
    pair = [site.process(f"rebuild{n}", ["manage.py", "rebuild_index"]) for n in range(2)]
    for rebuild in pair:
        rebuild.start()
    for rebuild in pair:
        rebuild.wait(60)
        rebuild.kill()


def database_locked(site: Site) -> None:
    """Somebody holds SQLite's write lock."""
    with sqlite3.connect(site.folder / "site.sqlite3", timeout=20) as database:
        with contextlib.suppress(sqlite3.OperationalError):
            database.execute("BEGIN IMMEDIATE")
            time.sleep(LASTS / 2)
        database.rollback()


def database_restarted(site: Site) -> None:
    """PostgreSQL crashes, recovers and is there again."""
    assert site.database
    site.database.crash()
    site.database.start()


def engine_killed(site: Site) -> None:
    """Elasticsearch is killed and started again."""
    assert site.elastic
    site.elastic.tell("kill", "faults")
    site.named.append(health.names(site.ports, health.without_engine, NAMED))
    time.sleep(2 * LASTS)
    site.elastic.start()


def engine_hung(site: Site) -> None:
    """Elasticsearch takes calls and does not answer."""
    assert site.elastic
    site.elastic.tell("pause", "faults")
    site.named.append(health.names(site.ports, health.without_engine, NAMED))
    time.sleep(3 * LASTS)
    site.elastic.tell("resume", "faults")


def engine_full(site: Site) -> None:
    """Elasticsearch takes no more, as when its disk is full; it goes on answering."""
    assert site.elastic
    with site.elastic.read_only(f"{site.env['ELASTICSEARCH_PREFIX']}.*"):
        time.sleep(2 * LASTS)


def embedder_killed(site: Site) -> None:
    """The embeddings endpoint is gone for a while."""
    assert site.embedder
    with site.embedder.killed():
        site.named.append(health.names(site.ports, health.without_meaning, NAMED))


def embedder_hung(site: Site) -> None:
    """The embeddings endpoint takes calls and does not answer."""
    assert site.embedder
    with site.embedder.hung():
        site.named.append(health.names(site.ports, health.without_meaning, NAMED))


def embedder_replaced(site: Site) -> None:
    """Something else answers at its address: rubbish, error pages, another model's vectors."""
    assert site.embedder
    with site.embedder.replaced():
        site.named.append(health.names(site.ports, health.without_meaning, NAMED))


def of(site: Site) -> list[Mishap]:
    """All that can happen to this site."""
    common = [
        worker_killed,
        worker_hung,
        web_killed,
        web_process_killed,
        rebuild_killed,
        two_rebuilds,
        disk_full_for_workers,
        disk_full_for_web,
    ]
    engine = (
        [engine_killed, engine_hung, engine_full, standby_removed]
        if site.elastic
        else [index_locked, index_read_only, index_removed]
    )
    database = database_restarted if site.database else database_locked
    if site.embedder:
        meaning = [embedder_killed, embedder_hung, *[embedder_replaced] * len(RUBBISH)]
        return [worker_killed, web_process_killed, database, *meaning]
    return [*common, *engine, database]


@contextlib.contextmanager
def _stopped(process: Process) -> Iterator[None]:
    process.signal(signal.SIGSTOP)
    try:
        yield
    finally:
        process.signal(signal.SIGCONT)


def _limit(process: Process, size: int) -> None:
    if process.running and process.running.poll() is None:
        parent = process.running.pid
        for pid in (parent, *_children(parent)):
            with contextlib.suppress(ProcessLookupError):
                hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)[1]
                resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, hard))


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _generations(site: Site) -> list[Path]:
    return [path.parent for path in (site.var / "index").glob("*/meta.json")]
