"""Starts a whole site on this machine: database, content (first time), web server and worker."""

import errno
import socket
import subprocess
import sys
from argparse import ArgumentParser

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from wagtail.models import Page

from cms import processes
from cms.demo import is_begun, is_complete
from cms.demo.users import logins
from cms.new_site import is_laid
from content.models import FrontPage
from search.index.vectors import embedders


class Command(BaseCommand):
    help = "Start a whole site on this machine: database, content (first time), web and worker."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2)
        parser.add_argument("--empty", action="store_true", help="no demonstration content")

    def handle(self, *, port: int, workers: int, empty: bool, **options) -> None:
        listener = self.listen(port)
        try:
            self.prepare(empty)
        except KeyboardInterrupt:
            raise CommandError("Stopped. Start again to go on from here.") from None
        self.stdout.write(self.welcome(port))
        self.stdout.flush()
        web = processes.WebServer(listener, workers)
        web.wsgi()  # loads the site before the fork, for all processes
        exit_code = processes.supervise([web.run, processes.run_worker])
        if exit_code:
            raise CommandError(
                f"The web server or the worker stopped by itself (exit code {exit_code}); "
                "the other was stopped too. The lines above say why."
            )

    def listen(self, port: int) -> socket.socket:
        """The port, before anything else is done."""
        try:
            return processes.reserve(port)
        except (OSError, OverflowError) as error:
            if getattr(error, "errno", None) == errno.EADDRINUSE:
                reason = f"Port {port} is in use, perhaps by another Zhida that still runs."
            else:
                reason = f"Port {port} cannot be used ({error})."
            raise CommandError(
                f"{reason} Stop that, or choose another port: make run PORT={_other(port)}"
            ) from None

    def prepare(self, empty: bool) -> None:
        """Bring the database up to date; fill a new one."""
        self.stdout.write("Bringing the database up to date …")
        call_command("migrate", verbosity=0, interactive=False)
        broken_off = is_begun() and not is_complete()
        known = FrontPage.objects.exists() or Page.objects.filter(depth__gt=2).exists()
        if not empty and (broken_off or not known):
            self.stdout.write("Loading the demonstration (once) …")
            self.fill("seed_demo")
        elif not is_laid():
            self.fill("seed_site")

    def fill(self, command: str) -> None:
        """Run a command in a process of its own: its threads must not be there when we fork."""
        self.stdout.flush()
        done = subprocess.run(  # noqa: S603
            [sys.executable, str(settings.BASE_DIR / "manage.py"), command], check=False
        )
        if done.returncode:
            raise CommandError(f"{command} did not end well; the lines above say why.")

    def welcome(self, port: int) -> str:
        """The lines a person needs first: the address and the logins."""
        address = f"http://127.0.0.1:{port}"
        lines = [
            "",
            f"Zhida    {address}/",
            f"Admin    {address}/admin/",
            f"Desk     {address}/desk/",
            f"Search   {_search()}",
        ]
        lines += [f"Login    {name} / {password}   ({role})" for name, password, role in logins()]
        return "\n".join([*lines, "Stop     Ctrl-C", ""])


def _search() -> str:
    """How articles are found here."""
    if embedders.wanted() is not None:
        return "by words and meaning"
    if settings.EMBEDDINGS == embedders.OFF:
        return "by words (EMBEDDINGS=off)"
    return "by words alone: requirements-semantic.txt is not installed"


def _other(port: int) -> int:
    return port + 1 if 1023 < port < 65535 else 8001
