"""The processes of a site under test, each of which can be killed, hung and started again."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from .embedder import Embedder

ROOT = Path(__file__).resolve().parents[2]
#: Root may write everywhere; without its powers the site meets read-only folders like anybody.
_POWERLESS = (
    ["setpriv", "--bounding-set=-all", "--inh-caps=-all"]
    if os.geteuid() == 0 and shutil.which("setpriv")
    else []
)


def free_port() -> int:
    """A port of this machine that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Process:
    """One process with its children, in a session of its own."""

    def __init__(self, command: list[str], env: dict[str, str], log: Path) -> None:
        self.command, self.env, self.log = command, env, log
        self.running: subprocess.Popen | None = None

    def start(self) -> None:
        """Start it, unless it runs."""
        if self.running and self.running.poll() is None:
            return
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(
                [*_POWERLESS, *self.command],
                cwd=ROOT,
                env=self.env,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def signal(self, number: int) -> None:
        """Send a signal to it and its children."""
        if self.running:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.running.pid, number)

    def kill(self) -> None:
        """Without warning."""
        self.signal(signal.SIGCONT)
        self.signal(signal.SIGKILL)
        if self.running:
            self.running.wait(10)

    def wait(self, seconds: float) -> int | None:
        """Its exit code; None where it runs longer."""
        assert self.running
        try:
            return self.running.wait(seconds)
        except subprocess.TimeoutExpired:
            return None


class Site:
    """Web servers, workers, database and engine of one site in a folder of its own."""

    def __init__(
        self,
        name: str,
        database: Postgres | None,
        elastic: Elastic | None,
        embedder: Embedder | None = None,
    ) -> None:
        self.name, self.database, self.elastic = name, database, elastic
        self.embedder = embedder
        #: Whether health named the part that failed, of each mishap that it has to name.
        self.named: list[bool] = []
        self.folder = Path(tempfile.mkdtemp(prefix=f"zhida-faults-{name}-"))
        self.var = self.folder / "var"
        self.env = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "cms.settings.development",
            "VAR_DIR": str(self.var),
            "DATABASE_URL": database.url if database else f"sqlite:///{self.folder}/site.sqlite3",
            "ELASTICSEARCH_URL": elastic.url if elastic else "",
            "ELASTICSEARCH_PREFIX": f"faults-{os.getpid()}",
            "PROXIES": "1",
            "EMBEDDINGS": embedder.address if embedder else "off",
            "EMBEDDINGS_MODEL": "multilingual-e5-small" if embedder else "",
            "OMP_NUM_THREADS": "1",
        }
        self.ports = [free_port(), free_port()]
        self.web = [
            self.process(f"web{n}", ["-m", "gunicorn", "cms.wsgi:application", *_gunicorn(port)])
            for n, port in enumerate(self.ports)
        ]
        self.workers = [self.process(f"worker{n}", ["manage.py", "worker"]) for n in range(2)]

    def process(self, name: str, arguments: list[str]) -> Process:
        """A process of this site that runs Python."""
        return Process([sys.executable, *arguments], self.env, self.folder / f"{name}.log")

    def run(self, name: str, arguments: list[str], seconds: float = 600) -> str:
        """Run to the end; returns what it printed. Raises RuntimeError where it failed."""
        done = subprocess.run(
            [*_POWERLESS, sys.executable, *arguments],
            cwd=ROOT,
            env=self.env,
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{name} failed:\n{done.stdout[-2000:]}{done.stderr[-4000:]}")
        return done.stdout

    def start(self) -> None:
        """All of it, and wait until both web servers answer."""
        for process in (*self.web, *self.workers):
            process.start()
        for port in self.ports:
            wait_for(f"http://127.0.0.1:{port}/healthz")

    def stop(self) -> None:
        """All of it, whatever state it is in."""
        for process in (*self.web, *self.workers):
            process.kill()
        if self.elastic:
            self.elastic.stop()
        if self.database:
            self.database.stop()
        if self.embedder:
            self.embedder.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def _gunicorn(port: int) -> list[str]:
    return f"--config python:cms.web -b 127.0.0.1:{port}".split()


def wait_for(url: str, seconds: float = 90) -> None:
    """Until it answers 200."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=5) as answer:
            if answer.status == 200:
                return
        time.sleep(0.2)
    raise RuntimeError(f"{url} does not answer.")


class Postgres:
    """A PostgreSQL cluster of its own."""

    def __init__(self) -> None:
        self.bin = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]
        self.folder = Path(tempfile.mkdtemp(prefix="zhida-faults-pg-"))
        self.port = free_port()
        self.url = f"postgres://zhida@127.0.0.1:{self.port}/zhida"
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
        self._do("initdb", "-D", f"{self.folder}/data", "-U", "zhida", "-A", "trust")
        self.start()
        self._do("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "zhida", "zhida")

    @staticmethod
    def is_here() -> bool:
        """Whether this machine has one."""
        return bool(list(Path("/usr/lib/postgresql").glob("*/bin/initdb")))

    def start(self) -> None:
        """Start it and wait."""
        options = (
            f"-c listen_addresses=127.0.0.1 -p {self.port} -k {self.folder} -c max_connections=150"
        )
        self._ctl("-w", "-l", f"{self.folder}/log", "-o", options, "start")

    def crash(self) -> None:
        """As if it were killed: it has to recover at its next start."""
        self._ctl("-m", "immediate", "stop")

    def stop(self) -> None:
        """For good."""
        with contextlib.suppress(RuntimeError):
            self.crash()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _ctl(self, *arguments: str) -> None:
        self._do("pg_ctl", "-D", f"{self.folder}/data", *arguments)

    def _do(self, program: str, *arguments: str) -> None:
        who = (
            ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
            if os.geteuid() == 0
            else []
        )
        with (self.folder.parent / f"{self.folder.name}.log").open("ab") as log:
            done = subprocess.run(
                [*who, str(self.bin / program), *arguments],
                cwd="/",
                stdout=log,
                stderr=log,
                check=False,
            )
        if done.returncode:
            raise RuntimeError(f"{program} {arguments} failed; see {log.name}")


class Elastic:
    """An Elasticsearch node that the shared runner starts, with data of its own."""

    RUNNER = Path(
        os.environ.get("ELASTICSEARCH_SERVER") or ROOT.parent / "shared/elasticsearch/elasticsearch"
    )

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="zhida-faults-es-"))
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.start()

    @classmethod
    def is_here(cls) -> bool:
        """Whether the runner is where it is looked for."""
        return cls.RUNNER.exists()

    def start(self) -> None:
        """Start it and wait."""
        self.tell("start", "faults", "--port", str(self.port))

    def tell(self, *arguments: str) -> None:
        """Say something to the runner."""
        done = subprocess.run(
            [str(self.RUNNER), *arguments],
            env={**os.environ, "ZHIDA_ES_HOME": str(self.folder)},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"elasticsearch {arguments}: {done.stdout}{done.stderr}")

    @contextlib.contextmanager
    def read_only(self, indexes: str) -> Iterator[None]:
        """These indexes take deletions only, as where the disk is nearly full."""
        self._block(indexes, True)
        try:
            yield
        finally:
            self._block(indexes, None)

    def _block(self, indexes: str, value: bool | None) -> None:
        wanted = {"index.blocks.read_only_allow_delete": value}
        request = urllib.request.Request(
            f"{self.url}/{indexes}/_settings",
            json.dumps(wanted).encode(),
            {"Content-Type": "application/json"},
            method="PUT",
        )
        urllib.request.urlopen(request, timeout=30).close()

    def stop(self) -> None:
        """For good."""
        for word in ("resume", "kill"):
            with contextlib.suppress(RuntimeError):
                self.tell(word, "faults")
        shutil.rmtree(self.folder, ignore_errors=True)
