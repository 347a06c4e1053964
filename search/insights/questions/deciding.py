"""What people decide about groups; no later run takes it back.

A group that somebody merged or split is decided: its wordings stay, and only new ones join it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from search.insights.coverage import keeping as coverage

from .describing import describe
from .figures import recount
from .models import GroupHistory, QuestionGroup, QuestionText

Action = GroupHistory.Action


def merge(target: QuestionGroup, others: Sequence[QuestionGroup], user: Any) -> None:
    """Put all wordings of ``others`` into ``target``."""
    others = [group for group in others if group.pk != target.pk]
    with transaction.atomic():
        for group in others:
            QuestionText.objects.filter(group=group).update(group=target)
            group.merged_into, group.decided = target, True
            group.save(update_fields=["merged_into", "decided"])
            _note(group, Action.MERGED, user, target.name)
        _decided(target)
        _note(target, Action.MERGED, user, ", ".join(group.name for group in others))
    _look_again(target, *others)


def split(group: QuestionGroup, texts: Sequence[int], user: Any) -> QuestionGroup:
    """Make a new group of wordings (ids) of ``group``. Raises ValueError where it has none."""
    with transaction.atomic():
        chosen = QuestionText.objects.filter(group=group, pk__in=texts).order_by("-nearness", "pk")
        first = chosen.first()
        if first is None:
            raise ValueError("No wording of this group was chosen.")
        made = QuestionGroup.objects.create(
            name=first.text[:300], locale=first.locale, owner=group.owner, decided=True
        )
        QuestionText.objects.filter(pk__in=list(chosen.values_list("pk", flat=True))).update(
            group=made
        )
        _decided(group)
        _note(group, Action.SPLIT, user, made.name)
        _note(made, Action.SPLIT, user, group.name)
    _look_again(group, made)
    return made


def rename(group: QuestionGroup, name: str, user: Any) -> None:
    """Call ``group`` otherwise. Raises ValueError where nothing is left of the name."""
    name = " ".join(name.split())[:300]
    if not name:
        raise ValueError("The name is empty.")
    _note(group, Action.RENAMED, user, f"{group.name} → {name}")
    group.name, group.named = name, True
    group.save(update_fields=["name", "named"])


def class_as(group: QuestionGroup, kind: str, user: Any) -> None:
    """Say what class ``group`` is of."""
    group.kind, group.classed = kind, True
    group.save(update_fields=["kind", "classed"])
    _note(group, Action.CLASSED, user, group.get_kind_display())


def ignore(group: QuestionGroup, user: Any, note: str = "") -> None:
    """Nobody wants to hear of it."""
    group.state = QuestionGroup.State.IGNORED
    group.save(update_fields=["state"])
    _note(group, Action.IGNORED, user, note)
    coverage.check(group)


def reopen(group: QuestionGroup, user: Any) -> None:
    """Somebody wants to hear of it again."""
    group.state = QuestionGroup.State.OPEN
    group.save(update_fields=["state"])
    _note(group, Action.REOPENED, user)
    coverage.groups_changed([group.pk])


def assign(group: QuestionGroup, owner: Any, user: Any) -> None:
    """Give ``group`` to somebody."""
    group.owner = owner
    group.save(update_fields=["owner"])
    _note(group, Action.ASSIGNED, user, str(owner))


def _decided(group: QuestionGroup) -> None:
    group.decided = True
    group.save(update_fields=["decided"])


def _look_again(*groups: QuestionGroup) -> None:
    ids = [group.pk for group in groups]
    recount(ids)
    describe(ids)
    coverage.note(ids)
    coverage.groups_changed(ids)
    for group in groups:
        group.refresh_from_db()


def _note(group: QuestionGroup, action: str, user: Any, note: str = "") -> None:
    GroupHistory.objects.create(group=group, action=action, user=user, note=note[:500])
