"""The plain project from outside: its databases, and its processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from .site import Server, served

ROOT = Path(__file__).resolve().parents[2]


class NoPostgreSQL(Exception):
    """POSTGRESQL_URL names no server."""


@dataclass(frozen=True, slots=True)
class PlainProject:
    """The plain project on one database, with articles of `corpora.articles`."""

    url: str

    def fill(self, size: int) -> None:
        """Make its ``size`` articles, where they are not there yet, and have them searchable."""
        subprocess.run(
            self._command("fill", str(size)), env=self._environment, cwd=ROOT, check=True
        )

    def pages(self, number: int) -> list[dict[str, Any]]:
        """``id``, ``path`` and ``title`` of its first English articles."""
        done = subprocess.run(
            self._command("pages", str(number)),
            env=self._environment,
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        )
        return json.loads(done.stdout)

    @contextmanager
    def asked(self) -> Iterator[Callable[[str, str], dict[str, Any]]]:
        """A function of text and locale that tells ``seconds`` and ``titles``, or ``error``."""
        process = subprocess.Popen(
            self._command("ask"),
            env=self._environment,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

        def ask(text: str, locale: str) -> dict[str, Any]:
            assert process.stdin is not None
            assert process.stdout is not None
            print(json.dumps([text, locale]), file=process.stdin, flush=True)
            return json.loads(process.stdout.readline())

        try:
            yield ask
        finally:
            process.terminate()
            process.wait(20)

    def served(self) -> AbstractContextManager[Server]:
        """Behind the same server as ours."""
        return served("tests.bench.plain.wsgi:application", PLAIN_DATABASE_URL=self.url)

    @property
    def _environment(self) -> dict[str, str]:
        return {**os.environ, "PLAIN_DATABASE_URL": self.url}

    def _command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "tests.bench.plain", *arguments]


def on_sqlite() -> PlainProject:
    """In a file beside ours."""
    return PlainProject(f"sqlite:///{os.environ['VAR_DIR']}/plain.sqlite3")


def on_postgresql(size: int) -> PlainProject:
    """In a database of its own on the server of POSTGRESQL_URL; raises `NoPostgreSQL`."""
    import psycopg
    from psycopg import sql

    url = os.environ.get("POSTGRESQL_URL", "")
    if not url:
        raise NoPostgreSQL("set POSTGRESQL_URL to the address of a PostgreSQL")
    name = f"zhida_bench_plain_{size}"
    with psycopg.connect(url, autocommit=True) as connection:
        there = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if there.fetchone() is None:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return PlainProject(urlunsplit(urlsplit(url)._replace(path=f"/{name}")))


def like_ours(size: int) -> PlainProject:
    """On a database of the same kind as our own."""
    from django.db import connection

    return on_postgresql(size) if connection.vendor == "postgresql" else on_sqlite()
