"""``serve``, behind ``make run``: one command, and nothing of it left when it ends."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from cms.management.commands import serve
from tests.database import address


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def family(pid: int) -> set[int]:
    """The process and all below it, as Linux tells."""
    found, waiting = set(), [pid]
    while waiting:
        one = waiting.pop()
        found.add(one)
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            waiting += [int(child) for child in task.read_text().split()]
    return found


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc of Linux")
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_web_server_and_worker_without_orphans(number):
    port = free_port()
    process = subprocess.Popen(
        [
            sys.executable,
            str(settings.BASE_DIR / "manage.py"),
            *f"serve --empty --port {port}".split(),
        ],
        env={**os.environ, "DATABASE_URL": address()},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        lines = iter(process.stdout.readline, "")
        assert any(line.startswith("Worker ") for line in lines)
        # The socket is open before the web server: whoever comes early waits, and is served.
        assert urlopen(f"http://127.0.0.1:{port}/healthz", timeout=20).read() == b"ok\n"
        members = family(process.pid)
        assert len(members) >= 4  # itself, gunicorn and one or two of its workers, ours
        process.send_signal(number)
        assert process.wait(15) == 0
        deadline = time.monotonic() + 5
        while any(map(is_running, members)) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert [pid for pid in members if is_running(pid)] == []
    finally:
        process.kill()
        process.stdout.close()


@pytest.mark.django_db
def test_a_port_in_use_is_said_before_anything_is_done(monkeypatch):
    monkeypatch.setattr(serve.Command, "prepare", lambda *_: pytest.fail("must not begin"))
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=rf"Port {port} is in use.*make run PORT="):
            call_command("serve", port=port)
    with pytest.raises(CommandError, match="Port 99999 cannot be used"):
        call_command("serve", port=99999)
