"""Groups all questions that came in: by night, on demand, and by command; progress is kept."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django_tasks import task

from search.insights.coverage import keeping as coverage
from search.journeys import changes

from .figures import recount
from .models import GroupingRun, Question, QuestionGroup, QuestionText

log = logging.getLogger(__name__)

#: A run that has said nothing for so long has died.
SILENCE = timedelta(minutes=30)
_BATCH = 1_000

Say = Callable[[GroupingRun], None]


class AlreadyRunning(Exception):
    """Another run is under way."""


def begin(mode: str) -> GroupingRun:
    """A new run. Raises AlreadyRunning."""
    with transaction.atomic():
        running = GroupingRun.objects.select_for_update().filter(state=GroupingRun.State.RUNNING)
        now = timezone.now()
        for run in running:
            if now - run.heard < SILENCE:
                raise AlreadyRunning
            run.state, run.finished = GroupingRun.State.FAILED, now
            run.message = "It was broken off."
            run.save()
        return GroupingRun.objects.create(mode=mode)


def group_by_night() -> None:
    """What the schedule calls: group, if anything has come in since the last run."""
    last = GroupingRun.objects.filter(state=GroupingRun.State.DONE).first()
    if last is None or QuestionText.objects.exclude(pk__lte=last.done).exists():
        try:
            group_questions()
        except AlreadyRunning:
            log.info("Questions are being grouped already.")
    recount()


@task()
def group_in_background() -> None:
    """One run by the worker, because somebody asked for it."""
    try:
        group_questions()
    except AlreadyRunning:
        log.info("Questions are being grouped already.")


def group_questions(since: timedelta | None = None, say: Say = lambda run: None) -> GroupingRun:
    """Group all wordings, or those asked within ``since``; groups keep their ids.

    Raises AlreadyRunning.
    """
    run = begin("words")
    try:
        Grouper(run, say).work(since)
        coverage.check_due_in_background.enqueue()
    except BaseException as error:
        run.state, run.message = GroupingRun.State.FAILED, f"{type(error).__name__}: {error}"[:500]
        raise
    finally:
        run.finished = timezone.now()
        run.save()
        say(run)
    return run


class Grouper:
    """One run; ``say`` hears of each step after it was written down."""

    def __init__(self, run: GroupingRun, say: Say) -> None:
        self.run, self._say = run, say

    def work(self, since: timedelta | None) -> None:
        """Read, group, write."""
        import numpy as np

        from search.insights.grouping.grouping import group_texts

        from .vectors import vectors_of

        rows = QuestionText.objects.defer("digest").order_by("pk")
        if since is not None:
            recent = Question.objects.filter(text=OuterRef("pk"), asked__gte=timezone.now() - since)
            rows = rows.filter(Exists(recent))
        texts = list(rows)
        self._step("vectors", 0, len(texts))
        vectors = vectors_of(texts, lambda done, all_of: self._step("vectors", done, all_of))
        self.run.mode = "words" if vectors is None else "meaning"
        groups = list(QuestionGroup.objects.order_by("pk"))
        number = {group.pk: place for place, group in enumerate(groups)}
        # Texts of several languages share no words: a group across languages stays as it is.
        held = {g.pk for g in groups if g.decided or (vectors is None and g.family)}
        before = np.array([number.get(t.group_id or 0, -1) for t in texts], np.int64)
        fixed = np.array([t.group_id in held for t in texts], bool)
        grouping = group_texts(
            [t.text for t in texts],
            vectors,
            before=before if groups else None,
            fixed=fixed,
            say=lambda step: self._step(step, 0, len(texts)),
        )
        self.run.moved = int(np.count_nonzero((before >= 0) & (grouping.groups != before)))
        self._step("writing", 0, len(texts))
        touched = self._write(texts, groups, grouping.groups.tolist(), grouping.nearness.tolist())
        self._describe(touched)
        if vectors is None:
            self._step("translations", 0, 0)
            joined = join_translations()
            self._describe(joined)
            touched |= joined
        recount()
        coverage.groups_changed(touched)
        self.run.texts = len(texts)
        self.run.groups = QuestionGroup.objects.filter(texts_count__gt=0).count()
        self.run.unassigned = QuestionText.objects.filter(group=None).count()
        self.run.state = GroupingRun.State.DONE
        self._step("", texts[-1].pk if texts else 0, texts[-1].pk if texts else 0)

    def _step(self, step: str, done: int, total: int) -> None:
        self.run.step, self.run.done, self.run.total = step, done, total
        self.run.heard = timezone.now()
        self.run.save()
        self._say(self.run)

    def _write(
        self,
        texts: Sequence[QuestionText],
        groups: list[QuestionGroup],
        numbers: Sequence[int],
        nearness: Sequence[float],
    ) -> set[int]:
        """Give every wording its group; returns the ids of groups that changed."""
        changed: list[QuestionText] = []
        touched: set[int] = set()
        for wanted in sorted({n for n in numbers if n >= len(groups)}):
            first = next(t for t, n in zip(texts, numbers, strict=True) if n == wanted)
            made = QuestionGroup.objects.create(name=first.text[:300], locale=first.locale)
            groups.extend([made] * (wanted - len(groups) + 1))
        # A person may have decided something while this was being computed: that stands.
        current = dict(QuestionText.objects.values_list("pk", "group_id").iterator(_BATCH))
        for text, place, near in zip(texts, numbers, nearness, strict=True):
            group = groups[place].pk if place >= 0 else None
            if current.get(text.pk, text.group_id) != text.group_id:
                continue
            if text.group_id != group or abs(text.nearness - near) > 0.02:
                touched |= {text.group_id or 0, group or 0} if text.group_id != group else set()
                text.group_id, text.nearness = group, near
                changed.append(text)
        left: Counter[tuple[int, int]] = Counter()
        for start in range(0, len(changed), _BATCH):
            batch = changed[start : start + _BATCH]
            for text in batch:
                old = current.get(text.pk)
                if old and text.group_id and old != text.group_id:
                    left[old, text.group_id] += 1
            QuestionText.objects.bulk_update(batch, ["group_id", "nearness"])
            # What is in a frequent question from now on counts in its hour.
            new = [text.pk for text in batch if text.group_id and not current.get(text.pk)]
            asked = Question.objects.filter(text__in=new)
            changes.note(asked.values_list("asked", flat=True).iterator())
            self._step("writing", start + len(batch), len(changed))
        _note_merged(left)
        return touched - {0}

    def _describe(self, ids: Iterable[int]) -> None:
        from .describing import describe

        recount(ids)
        describe(ids)


def _note_merged(left: Counter[tuple[int, int]]) -> None:
    """Groups that have no texts any more point to where most of them went."""
    for (old, target), _number in left.most_common():
        empty = QuestionGroup.objects.filter(pk=old, merged_into=None, decided=False)
        if not QuestionText.objects.filter(group_id=old).exists():
            empty.update(merged_into=target)


def join_translations() -> set[int]:
    """Make one group of groups in several languages that one article answers; returns their ids."""
    from .translations import families

    joined: set[int] = set()
    for family, groups in families().items():
        target, *others = sorted(groups, key=lambda g: (not g.decided, g.pk))
        loose = [g for g in others if not g.decided and g.locale[:2] != target.locale[:2]]
        if target.family != family:
            QuestionGroup.objects.filter(pk=target.pk).update(family=family)
        for group in loose:
            QuestionText.objects.filter(group=group).update(group=target)
            QuestionGroup.objects.filter(pk=group.pk).update(merged_into=target)
            joined |= {group.pk, target.pk}
    return joined
