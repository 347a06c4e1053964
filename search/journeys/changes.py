"""Notes which hours changed, in the transaction that changes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from .models import ChangedHour, Contact, Rating


def note(times: Iterable[datetime]) -> None:
    """Say that records of these (aware) times were made, changed or removed."""
    hours = {at.astimezone(UTC).replace(minute=0, second=0, microsecond=0) for at in times}
    if hours:
        ChangedHour.objects.bulk_create(ChangedHour(hour=hour) for hour in sorted(hours))


@receiver(post_save, sender=Contact, dispatch_uid="journeys.contact_changed")
@receiver(post_delete, sender=Contact, dispatch_uid="journeys.contact_removed")
def _contact(instance: Contact, **kwargs: Any) -> None:
    note([instance.created])


@receiver(post_save, sender=Rating, dispatch_uid="journeys.rating_changed")
@receiver(post_delete, sender=Rating, dispatch_uid="journeys.rating_removed")
def _rating(instance: Rating, **kwargs: Any) -> None:
    note([instance.contact.created])
