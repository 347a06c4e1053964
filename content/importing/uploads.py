"""Uploaded tables between preview and confirmation: under random names, for one session."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

_KEY = "content_uploads"
_LIFETIME = 24 * 3600


@dataclass(frozen=True, slots=True)
class Upload:
    """A table that waits."""

    token: str
    path: Path
    name: str
    category: int
    audience: str


def keep(session: Any, file: UploadedFile, *, name: str, category: int, audience: str) -> str:
    """Store ``file`` and remember it in ``session``; returns its token."""
    folder = Path(settings.VAR_DIR) / "uploads"
    folder.mkdir(mode=0o700, exist_ok=True)
    for old in _outdated(folder):
        old.unlink(missing_ok=True)
    token = secrets.token_urlsafe(24)
    with (folder / token).open("xb") as target:
        for chunk in file.chunks():
            target.write(chunk)
    waiting = dict(session.get(_KEY, {}))
    waiting[token] = {"name": name, "category": category, "audience": audience}
    session[_KEY] = waiting
    return token


def find(session: Any, token: str) -> Upload | None:
    """The upload of this session with this token, if it is still there."""
    known = session.get(_KEY, {}).get(token)
    path = Path(settings.VAR_DIR) / "uploads" / token
    return Upload(token, path, **known) if known and path.is_file() else None


def drop(session: Any, upload: Upload) -> None:
    """Forget an upload and remove its file."""
    upload.path.unlink(missing_ok=True)
    session[_KEY] = {k: v for k, v in session.get(_KEY, {}).items() if k != upload.token}


def _outdated(folder: Path) -> Iterator[Path]:
    oldest = time.time() - _LIFETIME
    return (path for path in folder.iterdir() if path.is_file() and path.stat().st_mtime < oldest)
