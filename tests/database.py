"""The database of this test run: made by copying a migrated one, and named for the processes that
tests start."""

from __future__ import annotations

import fcntl
import hashlib
import shutil
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection


def address() -> str:
    """Its DATABASE_URL."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    given = settings.DATABASES["default"]
    who = f"{given['USER']}:{given['PASSWORD']}" if given["PASSWORD"] else given["USER"]
    return f"postgresql://{who}@{given['HOST']}:{given['PORT']}/{name}"


def put_migrated(folder: Path) -> None:
    """Put a migrated SQLite database where that of the tests is made, so that nothing is left to
    migrate. It is kept in ``folder``, for all processes and runs, while the migrations are the
    same."""
    kept = folder / f"{_migrations()}.sqlite3"
    target = connection.settings_dict["TEST"]["NAME"]
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            for old in folder.glob("*.sqlite3*"):
                old.unlink()
            _migrate(kept)
        for tail in ("-wal", "-shm"):
            Path(f"{target}{tail}").unlink(missing_ok=True)
        shutil.copyfile(kept, target)


def _migrate(path: Path) -> None:
    unfinished = path.with_suffix(".sqlite3-new")
    name = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(unfinished)
    try:
        call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name
    unfinished.rename(path)


def _migrations() -> str:
    """A digest of all that is migrated."""
    digest = hashlib.sha256()
    for config in sorted(apps.get_app_configs(), key=lambda config: config.label):
        for path in sorted(Path(config.path, "migrations").glob("*.py")):
            digest.update(f"{config.label} {path.name}".encode() + path.read_bytes())
    return digest.hexdigest()[:20]
