"""Joins gaps and splits them: searches go where they count, and every gap keeps its number.

A search counts in one gap of the queue (``gap``) and remembers the gap of its own words (``own``)
where that is another one. So a gap can be taken apart again however it came together.
"""

from __future__ import annotations

from itertools import product
from typing import Any

from django.db import transaction
from django.db.models import Q

from search.insights.alerts.models import Condition
from search.insights.diagnosis.models import Diagnosis
from search.insights.figures import recount
from search.insights.models import UNFINISHED, Gap, GapEvidence, GapHistory, State

from . import sides
from .members import members
from .models import KeptApart

_CARRIED = ("owner_id", "entry_id", "due")


class CannotJoinError(Exception):
    """The two are the same gap, one is joined already, or the one to join into is finished."""


class OtherReadersError(CannotJoinError):
    """Only agents have met one of the two."""


def join(target: Gap, other: Gap, user: Any = None) -> None:
    """Make ``other`` a part of ``target``: its searches and all that is joined into it.

    What a person decides (``user``) goes before what was kept apart. Owner, entry and due date are
    taken over where ``target`` has none. Raises `CannotJoinError`, of which `OtherReadersError` is
    one.
    """
    with transaction.atomic():
        target, other = _locked(target, other)
        if target.joined_into_id or other.joined_into_id or target.state not in UNFINISHED:
            raise CannotJoinError
        if not sides.are_alike(target, other):
            raise OtherReadersError
        if user is not None:
            _forget_apart(members(target), members(other))
        _take_in(target, other)
        for name in _CARRIED:
            setattr(target, name, getattr(target, name) or getattr(other, name))
        if target.owner_id and target.state == State.OPEN:
            target.state = State.IN_WORK
        target.save(update_fields=["owner", "entry", "due", "state"])
        Condition.objects.filter(gap=other).update(gap=target)
        _note(GapHistory.Action.JOINED, user, (target, other), (other, target))
    _look_again(target, other)


def split(gap: Gap, own: Gap, user: Any = None) -> Gap:
    """Take the words of ``own`` out of ``gap``; returns the gap in which the others are now.

    Where ``gap`` is numbered after these words, it keeps them, and the others become the gap of the
    most searched among them, with owner, entry, due date and state. What a person splits
    (``user``) stays apart. Raises `CannotJoinError` where there is nothing to split.
    """
    with transaction.atomic():
        gap, own = _locked(gap, own, same=True)
        rest = members(gap) - {own.pk}
        if not rest or own.pk not in members(gap):
            raise CannotJoinError
        left = gap if own.pk != gap.pk else _led_by_another(gap)
        own.joined_into = None
        own.save(update_fields=["joined_into"])
        GapEvidence.objects.filter(own=own).update(gap=own, own=None)
        if user is not None:
            KeptApart.objects.bulk_create(
                [_pair(own.pk, pk) for pk in sorted(rest)], ignore_conflicts=True
            )
        _note(GapHistory.Action.SPLIT, user, (left, own), (own, left))
    _look_again(left, own)
    return left


def apart() -> set[tuple[int, int]]:
    """All pairs of gaps' own words that people hold apart, the lower key first."""
    return set(KeptApart.objects.values_list("first_id", "second_id"))


def sweep() -> None:
    """Move searches on that were taken in while their gap was being joined."""
    stray = GapEvidence.objects.filter(gap__joined_into__isnull=False).select_related("gap")
    concerned: set[int] = set()
    for row in stray.iterator():
        if row.gap.joined_into is None:  # split off meanwhile
            continue
        row.own, row.gap = row.own or row.gap, row.gap.joined_into
        row.save(update_fields=["own", "gap"])
        concerned.add(row.gap_id)
    recount(concerned)


def separate() -> int:
    """Split off what only agents ask, where readers use some of a gap's other words by now.

    Returns how many wordings were.
    """
    number = 0
    for gap in Gap.objects.filter(joined__isnull=False).distinct():
        own = members(gap)
        readers = sides.met_by_readers([gap.pk]) & own
        if not readers or readers == own:
            continue
        led = gap
        for pk in sorted(own - readers, key=lambda pk: pk != gap.pk):
            if Gap.objects.get(pk=pk).joined_into_id == led.pk or pk == led.pk:
                led = split(led, Gap.objects.get(pk=pk))
                number += 1
    return number


def _locked(one: Gap, two: Gap, *, same: bool = False) -> tuple[Gap, Gap]:
    """Both as they are now, held until the end of the transaction."""
    if one.pk == two.pk and not same:
        raise CannotJoinError
    rows = Gap.objects.select_for_update().order_by("pk").filter(pk__in={one.pk, two.pk})
    found = {gap.pk: gap for gap in rows}
    if len(found) < len({one.pk, two.pk}):
        raise CannotJoinError
    return found[one.pk], found[two.pk]


def _take_in(target: Gap, other: Gap) -> None:
    rows = GapEvidence.objects.filter(gap=other)
    rows.filter(own=None).update(own=other)
    rows.update(gap=target)
    Gap.objects.filter(Q(joined_into=other) | Q(pk=other.pk)).update(joined_into=target)


def _led_by_another(gap: Gap) -> Gap:
    """Hand the searches of others' words, and the work on them, to one of the joined gaps."""
    joined = list(Gap.objects.select_for_update().filter(joined_into=gap).order_by("pk"))
    left = max(joined, key=lambda each: (each.own_evidence.count(), -each.pk))
    for name in (*_CARRIED, "state", "closed_at"):
        setattr(left, name, getattr(gap, name))
    left.joined_into = None
    left.save(update_fields=["owner", "entry", "due", "state", "closed_at", "joined_into"])
    Gap.objects.filter(joined_into=gap).update(joined_into=left)
    GapEvidence.objects.filter(gap=gap, own__isnull=False).update(gap=left)
    GapEvidence.objects.filter(own=left).update(own=None)
    # The work goes with the others; what is left is a gap nobody has looked at.
    gap.owner_id = gap.entry_id = gap.due = gap.closed_at = None
    gap.state = State.OPEN
    gap.save(update_fields=["owner", "entry", "due", "state", "closed_at"])
    return left


def _pair(one: int, two: int) -> KeptApart:
    first, second = sorted((one, two))
    return KeptApart(first_id=first, second_id=second)


def _forget_apart(ones: set[int], others: set[int]) -> None:
    pairs = Q()
    for one, two in product(ones, others):
        pairs |= Q(first_id=min(one, two), second_id=max(one, two))
    KeptApart.objects.filter(pairs).delete()


def _note(action: str, user: Any, *pairs: tuple[Gap, Gap]) -> None:
    GapHistory.objects.bulk_create(
        GapHistory(
            gap=gap,
            action=action,
            state=gap.state,
            user=user,
            note=f"{of.question} ({of.pk})"[-500:],
        )
        for gap, of in pairs
    )


def _look_again(*gaps: Gap) -> None:
    """Figures now; the diagnosis is the worker's next."""
    ids = [gap.pk for gap in gaps]
    Diagnosis.objects.filter(gap__in=ids).delete()
    recount(ids)
