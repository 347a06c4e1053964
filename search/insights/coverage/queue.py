"""Frequent questions without an answer in the queue of gaps, beside the searches that failed.

Each question that was asked is a piece of evidence of the group's gap, a contact that it cost.
Where searches with the same words failed already, theirs is the gap: there is one, not two. It
closes as all do, by replay.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from content.models import Entry
from search.insights import states, verification
from search.insights.figures import recount
from search.insights.joining.moving import CannotJoinError, apart, join
from search.insights.metrics.facts.fact import chunks
from search.insights.models import UNFINISHED, Gap, GapEvidence, GapHistory, Reason
from search.insights.models import State as GapState
from search.insights.questions.models import Question, QuestionGroup
from search.insights.replay import replay
from search.journeys.models import JourneySettings
from search.text import group_key

from .asking import AUDIENCE, locale_of, words_of
from .models import Coverage, State

#: Wordings of a group, the commonest, whose keys are looked for among the gaps.
COMPARED = 300
_BATCH = 500


def follow(coverage: Coverage) -> None:
    """Bring the gap of a frequent question to where its coverage says."""
    group = coverage.group
    wanted = coverage.state in (State.BADLY, State.MISSING)
    if wanted and group.gap is None:
        _open(group)
    if group.gap is None:
        return
    gap = collect(group.gap)
    if wanted and gap.state in UNFINISHED:
        gap = _unite(gap, group)
    if coverage.state == State.COVERED and coverage.entry and gap.state in UNFINISHED:
        _prove(gap, coverage.entry)
    elif wanted:
        if gap.state == GapState.CLOSED:
            verification.verify(gap)
        elif gap.state == GapState.IGNORED and _by_itself(gap):
            states.reopen(gap, note=group.name)
    elif coverage.state == State.IGNORED:
        leave(gap, group.name)


def leave(gap: Gap, note: str) -> None:
    """A gap of which nothing is left waits for nobody."""
    if gap.state in UNFINISHED and not gap.evidence.exists():
        states.ignore(gap, None, note)


def collect(own: Gap) -> Gap:
    """Make the evidence of ``own`` the questions of its groups, no more and no less.

    Returns the gap that stands in the queue. Questions older than searches are kept are left out.
    """
    gap = own.queued
    kept = JourneySettings.objects.first() or JourneySettings()
    rows = Question.objects.filter(
        text__group__in=own.groups.exclude(state=QuestionGroup.State.IGNORED),
        asked__gte=timezone.now() - timedelta(days=kept.retention_days),
    )
    wanted = {uuid.UUID(digest) for digest in rows.values_list("digest", flat=True).iterator()}
    mine = GapEvidence.objects.filter(Q(own=own) | Q(own=None, gap=own), reason=Reason.ASKED)
    there = set(mine.values_list("query_id", flat=True).iterator())
    with transaction.atomic():
        for batch in chunks(there - wanted):
            mine.filter(query_id__in=batch).delete()
        fresh = sorted(wanted - there)
        for batch in chunks(fresh):
            # A question whose group has changed is evidence of another gap no more.
            GapEvidence.objects.filter(query_id__in=batch, reason=Reason.ASKED).delete()
            asked = rows.filter(digest__in=[each.hex for each in batch])
            GapEvidence.objects.bulk_create(
                _evidence(asked.select_related("text__group"), own, gap), batch_size=_BATCH
            )
        if there != wanted:
            recount({own.pk, gap.pk})
    gap.refresh_from_db()
    return gap


def _evidence(questions: Iterable[Question], own: Gap, gap: Gap) -> Iterator[GapEvidence]:
    """Whoever gave no key counts as one person each; a conversation is one contact."""
    for question in questions:
        group = question.text.group
        yield GapEvidence(
            gap=gap,
            own=own if own != gap else None,
            query_id=uuid.UUID(question.digest),
            reason=Reason.ASKED,
            client_id=question.customer or question.digest,
            intent_id=uuid.UUID(question.conversation or question.digest),
            kind="customer",
            query=words_of(question.text.text),
            locale=locale_of(question.text.locale, group.locale if group else ""),
            audience=AUDIENCE,
            channel=(question.channel or "import")[:20],
            created=question.asked,
        )


def _open(group: QuestionGroup) -> None:
    """Give ``group`` a gap: that of the same words, or a new one."""
    language = _language(group.locale)
    gap = max(
        _same_words(group),
        key=lambda gap: (gap.state in UNFINISHED, gap.people, -gap.pk),
        default=None,
    )
    if gap is None:
        gap, made = Gap.objects.get_or_create(
            key=group_key(group.name)[:500] or f"#{group.pk}",
            language=language,
            defaults={
                "locale": locale_of("", group.locale),
                "question": group.name,
                "created": group.created,
            },
        )
        if made:
            GapHistory.objects.create(
                gap=gap, action=GapHistory.Action.OPENED, state=gap.state, note=group.name[:500]
            )
    group.gap = gap
    group.save(update_fields=["gap"])


def _same_words(group: QuestionGroup) -> list[Gap]:
    """The gaps of searches with a wording of ``group``."""
    texts = group.texts.order_by("-nearness", "pk").values_list("text", "locale")[:COMPARED]
    wanted = {(group_key(words_of(text))[:500], _language(locale)) for text, locale in texts}
    rows = Gap.objects.filter(key__in={key for key, _ in wanted if key})
    return [gap for gap in rows if (gap.key, gap.language) in wanted]


def _unite(gap: Gap, group: QuestionGroup) -> Gap:
    """Join the gaps of the same words that nobody is at work on; what people hold apart stays."""
    held = apart()
    for other in _same_words(group):
        at_work = other.owner_id or other.entry_id or other.state != GapState.OPEN
        kept_apart = tuple(sorted((gap.pk, other.pk))) in held
        if other.pk == gap.pk or other.joined_into_id or at_work or kept_apart:
            continue
        with suppress(CannotJoinError):
            join(gap, other)
    gap.refresh_from_db()
    return gap


def _language(locale: str) -> str:
    return (locale or settings.LANGUAGE_CODE).partition("-")[0]


def _prove(gap: Gap, entry: Entry) -> None:
    """The search finds an answer that nobody linked: if the replay proves it, the gap closes."""
    if gap.entry is not None:
        if gap.entry.live:
            verification.verify(gap)
        return
    gap.entry = entry
    proof = replay(gap)
    if proof.enough:
        states.move(
            gap,
            GapState.CLOSED,
            states.Action.CLOSED,
            note=f"{proof.found}/{proof.searches}",
            data=proof.as_data(),
        )


def _by_itself(gap: Gap) -> bool:
    """Whether no person decided that it is ignored."""
    last = gap.history.filter(action=states.Action.IGNORED).first()
    return last is not None and last.user_id is None
