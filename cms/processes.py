"""The processes of a whole site on one machine: forked from one that has loaded everything once."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.context import ForkProcess

from django.core.management import call_command
from django.db import connections
from gunicorn.app.base import BaseApplication

from cms import web

#: Seconds that the web server and the worker get to finish what they are doing.
GRACE = 8
#: Connections that wait while the web server starts.
BACKLOG = 64


def reserve(port: int) -> socket.socket:
    """A listening socket of this machine. Raises OSError where the port cannot be had."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    listener.listen(BACKLOG)
    return listener


class WebServer(BaseApplication):
    """Gunicorn before the loaded site, on a socket that is open already."""

    def __init__(self, listener: socket.socket, workers: int) -> None:
        self.listener, self.workers = listener, workers
        super().__init__()

    def load_config(self) -> None:
        settings = {
            "bind": f"fd://{self.listener.fileno()}",
            "workers": self.workers,
            "threads": web.threads,
            "worker_class": web.worker_class,
            "graceful_timeout": 5,
            "loglevel": "warning",
            "preload_app": web.preload_app,
            "post_worker_init": web.post_worker_init,
            "proc_name": "zhida",
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def load(self) -> Callable:
        from cms.wsgi import application

        return application


def run_worker() -> None:
    """The background process."""
    call_command("worker", skip_checks=True)


def supervise(runs: list[Callable[[], object]]) -> int:
    """Fork a process for each; wait for a signal, or until one ends; then end all.

    Call it from a process without further threads. Returns an exit code.
    """
    stopping = False

    def stop(*_: object) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    connections.close_all()
    children = [_fork(run) for run in runs]
    while not stopping and all(child.is_alive() for child in children):
        time.sleep(0.1)
    codes = [child.exitcode for child in children]
    for child in children:
        if child.is_alive():
            child.terminate()
    deadline = time.monotonic() + GRACE
    for child in children:
        child.join(max(0.1, deadline - time.monotonic()))
        if child.is_alive():
            os.killpg(child.pid or 0, signal.SIGKILL)
    return 0 if stopping else next((code for code in codes if code), 1)


def _fork(run: Callable[[], object]) -> ForkProcess:
    child = get_context("fork").Process(target=_begin, args=(run,))
    child.start()
    return child


def _begin(run: Callable[[], object]) -> None:
    # A session of its own: Ctrl-C reaches the parent only, which ends its children in order.
    os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    run()
