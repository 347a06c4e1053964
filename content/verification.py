"""Verification: somebody has read an entry and says that it is true."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from content.models import Confidence, Entry

#: Days until an entry is due again, where the site's ``VERIFY_EVERY_DAYS`` says nothing else.
DEFAULT_DAYS = 180


@transaction.atomic
def verify(entry: Entry, user: Any) -> None:
    """Note that ``user`` verified the live version now, and when that is due again.

    An unpublished draft stays as it is, save for the new date.
    """
    days = getattr(settings, "VERIFY_EVERY_DAYS", DEFAULT_DAYS)
    entry.verified_at = timezone.now()
    entry.verified_by = user
    entry.verified_revision = entry.live_revision or entry.latest_revision
    entry.verify_by = timezone.localdate() + timedelta(days=days)
    fields = ["verified_at", "verified_by", "verified_revision", "verify_by"]
    if entry.confidence in (Confidence.WIP, Confidence.NOT_VALIDATED):
        entry.confidence = Confidence.VALIDATED
        fields.append("confidence")
    entry.save(update_fields=fields, clean=False)
    if revision := entry.latest_revision:
        revision.content["verify_by"] = entry.verify_by.isoformat()
        revision.content["confidence"] = entry.confidence
        revision.save(update_fields=["content"])
    log(instance=entry, action="content.verify", user=user, revision=entry.verified_revision)
