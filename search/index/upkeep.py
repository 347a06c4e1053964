"""Builds the index anew where it was lost, or was made otherwise than this version makes it."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db.models import QuerySet

from .building import has_builder, under_way
from .due import rebuild_due
from .models import IndexGeneration, IndexPointer
from .rebuild import rebuild

log = logging.getLogger(__name__)


def keep_up(since: datetime) -> int:
    """Build the index anew where it needs it; returns the number of documents, 0 where not.

    ``since`` is when this process began. An index that was begun later and is of another analysis,
    or has vectors by another model, comes from a newer version of the house or other settings,
    whose processes take over just now: it is left alone, else both would build for ever. A move to
    another engine is the operator's to begin.

    Raises `RebuildFailed`; what was built is kept and gone on with at the next call.
    """
    reason = rebuild_due()
    if reason not in ("lost", "analysis", "meaning") or _is_being_built():
        return 0
    if reason == "analysis" and _begun_after(since).exists():
        return 0
    if reason == "meaning" and _begun_after(since).exclude(model="").exists():
        return 0
    log.warning("The search index is built anew (%s)", reason)
    count = rebuild()
    log.warning("The search index was built anew: %s documents", count)
    return count


def _is_being_built() -> bool:
    row = under_way()
    return row is not None and has_builder(row)


def _begun_after(since: datetime) -> QuerySet[IndexGeneration]:
    name = IndexPointer.objects.values_list("name", flat=True).first()
    return IndexGeneration.objects.filter(name=name, started__gt=since)
