"""Quiet hours: when a message may go."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from django.utils import timezone

from .models import AlertSettings, Level


def next_allowed(at: datetime, level: str, keeps_quiet: bool, quiet: AlertSettings) -> datetime:
    """``at``, or the end of the quiet hours that it lies in (the site's time zone)."""
    begin, end = quiet.quiet_from, quiet.quiet_to
    if not keeps_quiet or begin is None or end is None or begin == end:
        return at
    if level == Level.CRITICAL and quiet.critical_passes:
        return at
    local = at.astimezone(timezone.get_default_timezone())
    if not _within(local.time(), begin, end):
        return at
    day = local.date() if local.time() < end else local.date() + timedelta(days=1)
    return datetime.combine(day, end, tzinfo=timezone.get_default_timezone()).astimezone(UTC)


def _within(now: time, begin: time, end: time) -> bool:
    if begin < end:
        return begin <= now < end
    return now >= begin or now < end
