"""The steps of a gap. Every one is kept in its history."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from content.models import Entry

from .models import Gap, GapHistory, OwnerRule, State
from .notices import tell_owner

Action = GapHistory.Action


def move(
    gap: Gap,
    state: str,
    action: str,
    user: Any = None,
    *,
    note: str = "",
    data: dict | None = None,
) -> None:
    """Bring ``gap`` into ``state`` and write down who did what. Saves owner and entry as well."""
    gap.state = state
    gap.closed_at = timezone.now() if state == State.CLOSED else None
    with transaction.atomic():
        gap.save(
            update_fields=["state", "closed_at", "owner", "owner_rule", "entry", "revised_from"]
        )
        GapHistory.objects.create(
            gap=gap, action=action, state=state, user=user, note=note[:500], data=data or {}
        )


def take(gap: Gap, user: Any) -> None:
    """Make ``user`` the owner; an open gap is then in work."""
    assign(gap, user, user)


def assign(gap: Gap, owner: Any, user: Any) -> None:
    """Give ``gap`` to ``owner``, by hand; an open gap is then in work."""
    _own(gap, owner, user)
    if owner != user:
        tell_owner(gap, "assigned")


def assign_by_rule(gap: Gap, owner: Any, rule: OwnerRule | None) -> None:
    """The same by ``rule``, or because the frequent question is theirs; tells nobody."""
    _own(gap, owner, None, rule)


def _own(gap: Gap, owner: Any, user: Any, rule: OwnerRule | None = None) -> None:
    gap.owner, gap.owner_rule = owner, rule
    state = State.IN_WORK if gap.state == State.OPEN else gap.state
    action = Action.TAKEN if owner == user else Action.ASSIGNED
    closed_at = gap.closed_at
    note = f"{owner} ({rule})" if rule else str(owner)
    move(gap, state, action, user, note="" if owner == user else note)
    if closed_at and state == State.CLOSED:
        Gap.objects.filter(pk=gap.pk).update(closed_at=closed_at)


def link(gap: Gap, entry: Entry, user: Any) -> None:
    """Say that ``entry`` answers ``gap``; whether it does is for the replay to decide."""
    _begin(gap, entry, Action.LINKED, user)


def translate(gap: Gap, translation: Entry, user: Any) -> None:
    """Say that ``translation``, a draft, will answer ``gap``."""
    _begin(gap, translation, Action.TRANSLATED, user)


def revise(gap: Gap, entry: Entry, user: Any) -> None:
    """Say that a revision of ``entry`` will answer ``gap``: its next version, not the live one."""
    _begin(gap, entry, Action.REVISED, user, revised_from=entry.live_revision_id)


def _begin(
    gap: Gap, entry: Entry, action: Action, user: Any, revised_from: int | None = None
) -> None:
    gap.entry, gap.revised_from = entry, revised_from
    gap.owner = gap.owner or user
    move(gap, State.IN_WORK, action, user, note=entry.title)


def comment(gap: Gap, user: Any, text: str) -> None:
    """Say something about ``gap``; nothing else changes."""
    GapHistory.objects.create(
        gap=gap, action=Action.COMMENTED, state=gap.state, user=user, note=text[:500]
    )


def set_due(gap: Gap, due: date | None, user: Any) -> None:
    """Say by when ``gap`` should be closed; None takes the date away."""
    gap.due = due
    with transaction.atomic():
        gap.save(update_fields=["due"])
        GapHistory.objects.create(
            gap=gap,
            action=Action.DUE,
            state=gap.state,
            user=user,
            note=due.isoformat() if due else "–",
        )


def ignore(gap: Gap, user: Any, note: str = "") -> None:
    """Leave ``gap`` out of the work list; later failures count but do not reopen it."""
    move(gap, State.IGNORED, Action.IGNORED, user, note=note)


def reopen(gap: Gap, user: Any = None, note: str = "", data: dict | None = None) -> None:
    """Back to work: in work where it has an owner, else open."""
    move(gap, unfinished(gap), Action.REOPENED, user, note=note, data=data)
    if gap.owner != user:
        tell_owner(gap, "reopened")


def unfinished(gap: Gap) -> str:
    """The state of a gap that has no proven answer."""
    return State.IN_WORK if gap.owner_id else State.OPEN
