"""Decides by replay whether gaps are closed: when their answer changes, and every day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import F, Q
from django_tasks import task

from content.models import Entry

from . import states
from .examples import examples_of
from .models import UNFINISHED, Gap, State
from .replay import replay

#: Wordings that a person waits for; more of them are replayed in the background.
AT_ONCE = 20


def entries_changed(ids: Iterable[int]) -> None:
    """Replay, in the background, the gaps whose answer was published, changed or taken away.

    Where its revision has been begun, the live version is no news. A deleted answer is no longer
    linked; its closed gap is found by having none.
    """
    touched = (
        Gap.objects.filter(joined_into=None)
        .exclude(state=State.IGNORED)
        .filter(Q(entry_id__in=list(ids)) | Q(entry=None, state=State.CLOSED))
    )
    for gap in touched.select_related("entry"):
        if gap.waits_for_revision:
            continue
        if gap.entry and gap.entry.live and gap.state in (State.OPEN, State.IN_WORK):
            states.move(gap, State.VERIFYING, states.Action.VERIFYING)
        if gap.state in (State.VERIFYING, State.CLOSED):
            verify_gap.enqueue(gap.pk)


@task()
def verify_gap(gap_id: int) -> None:
    """Replay one gap and act on the outcome."""
    if gap := Gap.objects.filter(pk=gap_id, joined_into=None).first():
        verify(gap)


def link(gap: Gap, entry: Entry, user: Any) -> None:
    """Link an entry there is to ``gap`` and replay; ``gap.state`` says what came of it.

    A few wordings are replayed at once; of many the gap is left verifying, for the worker.
    """
    states.link(gap, entry, user)
    states.move(gap, State.VERIFYING, states.Action.VERIFYING)
    if len(examples_of(gap, AT_ONCE + 1)) > AT_ONCE:
        verify_gap.enqueue(gap.pk)
    else:
        verify(gap)


def verify(gap: Gap) -> bool:
    """Replay ``gap``, keep the proof, close or reopen it; returns whether it is closed."""
    proof = replay(gap)
    data = proof.as_data()
    note = f"{proof.found}/{proof.searches}"
    if proof.enough:
        if gap.state != State.CLOSED:
            states.move(gap, State.CLOSED, states.Action.CLOSED, note=note, data=data)
        return True
    if gap.state == State.CLOSED:
        states.reopen(gap, note=note, data=data)
    elif gap.state == State.VERIFYING:
        states.move(gap, states.unfinished(gap), states.Action.REPLAYED, note=note, data=data)
    return False


def verify_all(progress: Callable[[Gap, bool], None] | None = None) -> dict[str, int]:
    """Replay every closed gap, and every unfinished one whose answer is published, unless its
    revision is being written.

    Returns how many were replayed, closed and reopened.
    """
    done = {"replayed": 0, "closed": 0, "reopened": 0}
    waiting = Q(state__in=UNFINISHED, revised_from=F("entry__live_revision_id"))
    closed_or_answered = Q(state=State.CLOSED) | Q(state__in=UNFINISHED, entry__live=True)
    gaps = Gap.objects.filter(closed_or_answered, joined_into=None).exclude(waiting).order_by("pk")
    for gap in gaps.iterator():
        before = gap.state
        closed = verify(gap)
        done["replayed"] += 1
        done["closed"] += closed and before != State.CLOSED
        done["reopened"] += not closed and before == State.CLOSED
        if progress:
            progress(gap, closed)
    return done
