"""One call of the import, from a path to its outcome: for the command and the admin alike."""

from __future__ import annotations

import contextlib
import fcntl
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from content.audience import Audience

from .documents import Defaults
from .exported import is_export, read_export
from .folders import SUFFIXES
from .markdown_folder import read_folder
from .places import CallError, Places, key_of, locale_of, normal_locale
from .reading import Reading
from .running import Importing, Outcome, Planned, Progress
from .tables import TABLES, read_table_file


@dataclass(frozen=True, slots=True)
class Call:
    """What was asked for."""

    path: Path
    locale: str = ""
    category: str = ""
    audience: str = Audience.PUBLIC.value
    product: str = ""
    nested: bool = False
    dry: bool = False
    #: False: new entries come in as drafts, and new versions of others wait beside the live one.
    publish: bool = True
    processes: int = 0
    #: Shown and remembered in place of the path's own name (uploads have random ones).
    name: str = ""


def read(call: Call) -> Reading:
    """Read what ``call.path`` holds. Raises CallError."""
    if not call.path.exists():
        raise CallError(_("There is nothing at “%(path)s”.") % {"path": call.path})
    if is_export(call.path):
        return read_export(call.path)
    if not call.locale or not call.category:
        raise CallError(
            _("Say which language (--locale) and which category (--category) it is for.")
        )
    locale_of(call.locale)
    if call.audience not in Audience.values:
        raise CallError(
            _("There is no audience “%(name)s”; there are %(known)s.")
            % {"name": call.audience, "known": ", ".join(Audience.values)}
        )
    locale = normal_locale(call.locale) or call.locale
    products = (call.product,) if call.product else ()
    suffix = Path(call.name or call.path.name).suffix.lower()
    if call.path.is_file() and suffix in TABLES:
        prefix = f"{key_of(locale, call.category)}:{call.name or call.path.name}#"
        return read_table_file(
            call.path,
            kind=suffix,
            name=call.name or call.path.name,
            prefix=prefix,
            defaults=Defaults(locale, call.audience, products, "faq"),
        )
    if call.path.is_file() and suffix not in SUFFIXES:
        raise CallError(
            _("“%(name)s” is no Markdown, CSV, XLSX or JSON file.") % {"name": call.path.name}
        )
    folder = call.path if call.path.is_dir() else call.path.parent
    reading = read_folder(
        call.path,
        prefix=f"{key_of(locale, call.category)}:{folder.resolve().name}/",
        defaults=Defaults(locale, call.audience, products),
        nested=call.nested,
    )
    if not reading.drafts and not reading.problems:
        raise CallError(_("“%(path)s” holds no Markdown files.") % {"path": call.path})
    return reading


def carry_out(call: Call, *, user: Any = None, progress: Progress | None = None) -> Outcome:
    """Read and build. Raises CallError; what is wrong with single files is in the outcome."""
    with _alone() if not call.dry else contextlib.nullcontext():
        importing = Importing(
            read(call),
            Places(dry=call.dry, user=user),
            call.category,
            processes=call.processes,
            user=user,
            publish=call.publish,
            progress=progress or (lambda _done, _all: None),
        )
        for prepare in importing.reading.preparations if not call.dry else ():
            prepare(importing.places)
        return importing.run()


def preview(call: Call) -> tuple[list[Planned], Outcome]:
    """What ``carry_out`` would do, without doing it. Raises CallError."""
    importing = Importing(read(call), Places(dry=True), call.category)
    return importing.plan(), importing.outcome


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """One import at a time; the lock ends with its process, however that ends."""
    with (Path(settings.VAR_DIR) / "import.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CallError(_("Another import is running; wait until it has ended.")) from None
        yield
