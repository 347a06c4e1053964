"""Starts a whole site on this machine: database, content (first time), web server and worker."""

import os
import signal
import subprocess
import sys
import time
from argparse import ArgumentParser

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from wagtail.models import Page

from content.models import FrontPage

#: Seconds that the web server and the worker get to finish what they are doing.
GRACE = 8


class Command(BaseCommand):
    help = "Start a whole site on this machine: database, content (first time), web and worker."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2)
        parser.add_argument("--empty", action="store_true", help="no demonstration content")

    def handle(self, *, port: int, workers: int, empty: bool, **options) -> None:
        self.prepare(empty)
        self.stdout.write(self.welcome(port))
        exit_code = supervise(commands(port, workers))
        if exit_code:
            raise CommandError(
                f"The web server or the worker stopped by itself (exit code {exit_code}); "
                "the other was stopped too. The lines above say why."
            )

    def prepare(self, empty: bool) -> None:
        """Bring the database up to date; fill a new one."""
        self.stdout.write("Bringing the database up to date …")
        call_command("migrate", verbosity=0, interactive=False)
        from cms.demo import is_begun, is_complete

        broken_off = is_begun() and not is_complete()
        known = FrontPage.objects.exists() or Page.objects.filter(depth__gt=2).exists()
        if known and (empty or not broken_off):
            return
        if empty:
            call_command("seed_site")
        else:
            self.stdout.write("Loading the demonstration (once) …")
            call_command("seed_demo")

    def welcome(self, port: int) -> str:
        """The lines a person needs first: the address and the logins."""
        from cms.demo.users import logins

        address = f"http://127.0.0.1:{port}"
        lines = [
            "",
            f"Zhida    {address}/",
            f"Admin    {address}/admin/",
            f"Desk     {address}/desk/",
        ]
        lines += [f"Login    {name} / {password}   ({role})" for name, password, role in logins()]
        return "\n".join([*lines, "Stop     Ctrl-C", ""])


def commands(port: int, workers: int) -> list[list[str]]:
    """The two processes of a site."""
    manage = str(settings.BASE_DIR / "manage.py")
    web = [sys.executable, "-m", "gunicorn", "cms.wsgi:application"]
    web += ["--bind", f"127.0.0.1:{port}", "--workers", str(workers), "--threads", "4"]
    web += ["--worker-class", "gthread", "--graceful-timeout", "5", "--log-level", "warning"]
    return [web, [sys.executable, manage, "worker"]]


def supervise(argvs: list[list[str]]) -> int:
    """Run the processes until a signal, or until one ends; then end all. Returns an exit code."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"]}
    children = [
        subprocess.Popen(argv, env=environment, start_new_session=True)  # noqa: S603
        for argv in argvs
    ]
    asked_to_stop = False

    def stop(*_: object) -> None:
        nonlocal asked_to_stop
        asked_to_stop = True

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    while not asked_to_stop and all(child.poll() is None for child in children):
        time.sleep(0.1)
    codes = [child.poll() for child in children]
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + GRACE
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
    return 0 if asked_to_stop else next((code for code in codes if code), 1)
