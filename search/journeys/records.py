"""What callers hand to the recorder: plain values, nothing of the database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from .journey import Journey


@dataclass(frozen=True, slots=True)
class SearchRecord:
    """One search as answered. ``hits`` are (entry id, 1-based rank); ``prefix``: still typing."""

    query_id: str
    query: str
    locale: str
    channel: str
    audience: str
    total: int
    answered: bool
    hits: tuple[tuple[int, int], ...]
    journey: Journey
    rescue: str = ""
    duration_ms: float = 0.0
    prefix: bool = False
    created: datetime = field(default_factory=timezone.now)

    @property
    def at(self) -> datetime:
        """When it happened."""
        return self.journey.at or self.created


@dataclass(frozen=True, slots=True)
class EventRecord:
    """One action; ``reason`` and ``comment`` belong to votes, whose ``helpful`` is required."""

    action: str
    journey: Journey
    query_id: str = ""
    object_id: int | None = None
    position: int | None = None
    section: str = ""
    locale: str = ""
    channel: str = "site"
    version: int | None = None
    helpful: bool | None = None
    reason: str = ""
    comment: str = ""
    created: datetime = field(default_factory=timezone.now)

    @property
    def at(self) -> datetime:
        """When it happened."""
        return self.journey.at or self.created
