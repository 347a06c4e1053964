"""The database of this test run, for the processes that tests start."""

from __future__ import annotations

from django.conf import settings
from django.db import connection


def address() -> str:
    """Its DATABASE_URL."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    given = settings.DATABASES["default"]
    who = f"{given['USER']}:{given['PASSWORD']}" if given["PASSWORD"] else given["USER"]
    return f"postgresql://{who}@{given['HOST']}:{given['PORT']}/{name}"
