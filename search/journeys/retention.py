"""Removes what is older than the operator keeps it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from . import signals
from .models import Contact, Event, JourneySettings, Search, Vote

BATCH = 2_000


def apply_retention(progress: Callable[[str, int], None] | None = None) -> dict[str, int]:
    """Delete old searches, events and contacts; votes stay, without their person and comment.

    Works in batches, may be stopped and run again. Returns how many rows of each were changed.
    """
    kept = JourneySettings.objects.first() or JourneySettings()
    now = timezone.now()
    before = now - timedelta(days=kept.retention_days)
    contacts_before = now - timedelta(days=kept.contact_retention_days)
    note = progress or (lambda name, number: None)
    done = {
        "searches": _delete(Search.objects.filter(updated__lt=before), "searches", note),
        "events": _delete(Event.objects.filter(created__lt=before), "events", note),
        "contacts": _delete(Contact.objects.filter(created__lt=contacts_before), "contacts", note),
        "votes": Vote.objects.filter(created__lt=before)
        .exclude(client_id="", comment="")
        .update(client_id="", comment="", query_id=None),
    }
    signals.retention_applied.send_robust(sender=None, before=before)
    return done


def _delete(rows: QuerySet, name: str, note: Callable[[str, int], None]) -> int:
    total = 0
    while ids := list(rows.values_list("pk", flat=True)[:BATCH]):
        rows.model.objects.filter(pk__in=ids).delete()
        total += len(ids)
        note(name, total)
    return total
