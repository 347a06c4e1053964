"""What this room does when the rooms below announce something."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from search.index.signals import entries_indexed
from search.journeys.models import Contact, Event, Search
from search.journeys.signals import (
    contact_made,
    not_found_flagged,
    retention_applied,
    searches_recorded,
)

from . import collect, retention, verification
from .coverage import keeping as coverage
from .metrics import counting
from .metrics.models import CountedDay, FigureSettings


@receiver(searches_recorded, dispatch_uid="insights.searches")
def _searches(searches: list[Search], **kwargs: Any) -> None:
    collect.collect_recorded(search.pk for search in searches if not search.answered)


@receiver(contact_made, dispatch_uid="insights.contact")
def _contact(contact: Contact, **kwargs: Any) -> None:
    collect.collect_contact(contact)


@receiver(not_found_flagged, dispatch_uid="insights.flag")
def _flag(event: Event, **kwargs: Any) -> None:
    collect.collect_flag(event)


@receiver(entries_indexed, dispatch_uid="insights.indexed")
def _indexed(ids: Iterable[int], **kwargs: Any) -> None:
    verification.entries_changed(ids)
    coverage.entries_changed(ids)


@receiver(retention_applied, dispatch_uid="insights.retention")
def _retention(before: datetime, **kwargs: Any) -> None:
    retention.forget(before)
    counting.removed(before)


@receiver(post_save, sender=FigureSettings, dispatch_uid="insights.figure_settings")
def _figure_settings(**kwargs: Any) -> None:
    """Every day is due again: what counts as solved may have changed."""
    CountedDay.objects.all().delete()
