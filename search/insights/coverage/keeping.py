"""Keeps coverage: looked at by night, after a grouping, when entries change, and on demand."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from django.db.models import Q, QuerySet
from django.utils import timezone
from django_tasks import task

from search.engine.protocol import EngineFailed
from search.insights.owning.giving import give
from search.insights.questions.models import Question, QuestionGroup
from search.journeys import changes

from .asking import ask
from .helping import Help, help_of
from .models import Coverage, CoverageStep, State
from .queue import collect, follow, leave

#: Frequent questions that one run looks at after changes; those asked most come first.
MOST = 20
Progress = Callable[[QuestionGroup, Coverage], None]


def check(group: QuestionGroup) -> Coverage:
    """Look at ``group`` now, keep what was found, and bring its gap there; raises `EngineFailed`.

    The questions of a group that had no state count from now on: their hours are counted anew.
    """
    made, found = timezone.now(), ask(group)
    helped = help_of(found.entry) if found.entry else Help()
    coverage, _ = Coverage.objects.update_or_create(
        group=group,
        defaults={
            "state": found.state,
            "entry": found.entry,
            "found": found.found,
            "whole": found.whole,
            "seen": list(found.seen),
            "helped": helped.helped,
            "reads": helped.reads,
            "yes": helped.yes,
            "no": helped.no,
            "readers": helped.readers,
            "contacts": helped.contacts,
            "made": made,
            "due": False,
        },
    )
    last = CoverageStep.objects.filter(group=group).last()
    if last is None or last.state != found.state:
        CoverageStep.objects.create(group=group, state=found.state, since=made)
    ignored = found.state == State.IGNORED
    if last is None or (last.state == State.IGNORED) != ignored:
        note([group.pk])
    follow(coverage)
    return coverage


def check_due(limit: int | None = MOST, progress: Progress | None = None) -> int:
    """Those that were never looked at, or have to be again; returns how many were."""
    rows = _frequent().filter(Q(coverage=None) | Q(coverage__due=True))
    return _check(rows[:limit], progress)


def check_all(progress: Progress | None = None) -> int:
    """Every frequent question: what people read and voted has changed since yesterday, too."""
    return _check(_frequent(), progress)


@task()
def check_all_in_background() -> None:
    """Every one, because somebody asked for it."""
    check_all()


@task()
def check_due_in_background() -> None:
    """After a grouping."""
    check_due(None)


def entries_changed(ids: Iterable[int]) -> None:
    """Entries are in the index anew: what has no answer, or theirs, has to be looked at again."""
    touched = Q(state__in=(State.BADLY, State.MISSING)) | Q(entry_id__in=list(ids))
    Coverage.objects.filter(touched, due=False).update(due=True)


def groups_changed(ids: Collection[int]) -> None:
    """Other questions are in these groups now; of groups that have none any more, gaps are left."""
    Coverage.objects.filter(group_id__in=ids).update(due=True)
    empty = QuestionGroup.objects.filter(pk__in=ids, texts_count=0).exclude(gap=None)
    for group in empty.select_related("gap__joined_into", "merged_into"):
        target, gap = group.merged_into, group.gap
        if target is not None and target.gap_id is None:
            QuestionGroup.objects.filter(pk=target.pk).update(gap=gap)
        QuestionGroup.objects.filter(pk=group.pk).update(gap=None)
        if gap is not None:
            leave(collect(gap), group.name)


def note(groups: Collection[int]) -> None:
    """Have the hours counted anew in which the questions of ``groups`` were asked."""
    rows = Question.objects.filter(text__group__in=groups)
    changes.note(rows.values_list("asked", flat=True).iterator())


def _frequent() -> QuerySet[QuestionGroup]:
    groups = QuestionGroup.objects.filter(texts_count__gt=0).select_related("gap__joined_into")
    return groups.order_by("-questions_count", "pk")


def _check(groups: QuerySet[QuestionGroup], progress: Progress | None) -> int:
    number = 0
    for group in groups:
        try:
            coverage = check(group)
        except EngineFailed:
            break  # the next run finds them
        number += 1
        if progress:
            progress(group, coverage)
    if number:
        give()
    return number
