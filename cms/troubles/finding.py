"""Looks for what does not work, and says it in words."""

from __future__ import annotations

import shutil
import tempfile
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from cms.health import examine
from cms.worker.models import JobRun

#: Free space below which the disk counts as full: bytes, and share of all.
FREE_BYTES, FREE_SHARE = 500_000_000, 0.02

Found = dict[str, dict[str, Any]]
KINDS = ("engine", "late", "set_aside", "rebuild", "meaning", "cache", "disk", "read_only", "job")


def found() -> Found:
    """Kind of trouble → what its sentence names."""
    return _parts() | _disk() | _jobs()


def sentence(kind: str, named: dict[str, Any]) -> str:
    """What is wrong, what it means for readers and what to do, in the language in use."""
    texts = {
        "engine": _(
            "The search engine does not answer. Searches are answered by a copy or by titles; "
            "saving goes on, and every change waits in the database. Look at the engine; the site "
            "finds its return by itself."
        ),
        "late": _(
            "Changes have been waiting for the search index for %(minutes)s minutes "
            "(%(waiting)s in all). Readers find earlier texts; nothing is lost. Look at the "
            "worker and at the engine."
        ),
        "set_aside": _(
            "%(number)s changes could not be indexed and were set aside. The admin lists them "
            "under Reports > Changes that could not be indexed, with the reason and a button to "
            "try again."
        ),
        "rebuild": _(
            "The search index was made with other settings than those in force, and no worker has "
            "begun to build it anew. Look at the worker, or run “manage.py rebuild_index”; "
            "searching goes on meanwhile."
        ),
        "meaning": _(
            "Texts cannot be turned into vectors: the embedder fails. Searches are answered by "
            "words alone, and nothing is lost. The admin says why under Reports > Finding by "
            "meaning; the site finds its return by itself."
        ),
        "cache": _("The cache does not keep what it is given. Pages are slower; look at it."),
        "disk": _(
            "The disk is nearly full: %(free)s MB are free. Make room: when it is full, nothing "
            "can be saved."
        ),
        "read_only": _(
            "The folder of the site’s data (VAR_DIR) cannot be written. Readers are served; "
            "changes wait."
        ),
        "job": _("The job “%(job)s” has failed. The log of the worker says why; it is repeated."),
    }
    return texts[kind.partition(":")[0]] % named


def _parts() -> Found:
    parts = examine()
    index, detail = parts["index"], parts["index"].detail
    troubles: Found = {}
    if not index.ok or "engine" in detail:
        troubles["engine"] = {}
    if detail.get("late"):
        minutes = round(detail["outbox_age_s"] / 60)
        troubles["late"] = {"minutes": minutes, "waiting": detail["outbox"]}
    if detail.get("set_aside"):
        troubles["set_aside"] = {"number": detail["set_aside"]}
    if detail.get("rebuild_due") and not detail.get("building"):
        troubles["rebuild"] = {}
    if not parts["meaning"].ok:
        troubles["meaning"] = {}
    if not parts["cache"].ok:
        troubles["cache"] = {}
    return troubles


def _disk() -> Found:
    try:
        with tempfile.TemporaryFile(dir=settings.VAR_DIR) as file:
            file.write(b"\0")
    except OSError:
        return {"read_only": {}}
    space = shutil.disk_usage(settings.VAR_DIR)
    if space.free < min(FREE_BYTES, FREE_SHARE * space.total):
        return {"disk": {"free": space.free // 1_000_000}}
    return {}


def _jobs() -> Found:
    failed = JobRun.objects.exclude(failure="").values_list("name", flat=True)
    return {f"job:{name}": {"job": name} for name in failed}
