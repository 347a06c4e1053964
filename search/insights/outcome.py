"""What came of an answer: the gap's searches and contacts before it was published, and after.

Counted are the intents with any wording of the gap, whether they failed or not, by the rules of the
figures: an intent without results had no hit at all, whatever else was tried in it. Contacts are
intents that ended in one, and conversations in which its frequent questions were asked.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from django.utils import timezone

from search.journeys.models import Search
from search.text import group_key

from .coverage.asking import words_of
from .joining.members import members
from .metrics.facts.fact import COUNTED, NOT_SEARCHES, chunks
from .models import Gap, GapHistory, Question, QuestionText

WEEK = timedelta(days=7)
#: What is compared: so long before, and at most so long after.
COMPARED = timedelta(days=28)
#: Weeks that are drawn before, and at most after.
BEFORE, AFTER = 4, 8
#: Wordings of its frequent questions that are looked for among searches.
WORDINGS = 300
_PUBLISHED = (GapHistory.Action.VERIFYING, GapHistory.Action.CLOSED)


@dataclass(frozen=True, slots=True)
class Span:
    """From ``start`` to ``end``: intents, those without results, and contacts."""

    start: datetime
    end: datetime
    intents: int
    no_results: int
    contacts: int

    @property
    def weeks(self) -> float:
        """Its length."""
        return (self.end - self.start) / WEEK


@dataclass(frozen=True, slots=True)
class Outcome:
    """Both sides of the publication, and its weeks in order; the last one may not be over."""

    published: datetime
    before: Span
    after: Span
    weeks: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Intent:
    at: datetime
    no_results: bool
    contacted: bool


def outcome_of(gap: Gap) -> Outcome | None:
    """None as long as no answer has been published for ``gap``."""
    published = published_at(gap)
    if published is None:
        return None
    now = timezone.now()
    last = min(now, published + AFTER * WEEK)
    edges = [published + number * WEEK for number in range(-BEFORE, AFTER + 1)]
    spans = [(a, min(b, last)) for a, b in pairwise(edges) if a < last]
    intents = _intents(gap, edges[0], last)
    asked = _asked(gap, edges[0], last)

    def span(start: datetime, end: datetime) -> Span:
        mine = [intent for intent in intents if start <= intent.at < end]
        return Span(
            start,
            end,
            len(mine),
            sum(intent.no_results for intent in mine),
            sum(intent.contacted for intent in mine) + sum(start <= at < end for at in asked),
        )

    return Outcome(
        published,
        span(published - COMPARED, published),
        span(published, min(now, published + COMPARED)),
        tuple(span(start, end) for start, end in spans),
    )


def published_at(gap: Gap) -> datetime | None:
    """When the answer was published that closed the gap last, or that waits for its proof."""
    steps = list(
        gap.history.filter(action__in=_PUBLISHED)
        .order_by("created", "pk")
        .values_list("action", "created")
    )
    closed = [place for place, (action, _) in enumerate(steps) if action == _PUBLISHED[1]]
    upto = steps[: closed[-1] + 1] if closed else steps
    started = [at for action, at in upto if action == _PUBLISHED[0]]
    previous = steps[closed[-2]][1] if len(closed) > 1 else None
    fresh = [at for at in started if previous is None or at > previous]
    if fresh:
        return fresh[-1]
    return upto[-1][1] if upto else None


def _gaps(gap: Gap) -> list[Gap]:
    return list(Gap.objects.filter(pk__in=members(gap)))


def _keys(gap: Gap) -> set[str]:
    """Of all its wordings: those of its searches and those of its frequent questions."""
    gaps = _gaps(gap)
    texts = QuestionText.objects.filter(group__gap__in=gaps).order_by("-nearness", "pk")
    keys = {each.key for each in gaps}
    keys |= {group_key(words_of(text)) for text in texts.values_list("text", flat=True)[:WORDINGS]}
    evidence = gap.evidence.values("query_id")
    searched = Search.objects.filter(query_id__in=evidence).order_by()
    return (keys | set(searched.values_list("key", flat=True).distinct())) - {""}


def _intents(gap: Gap, start: datetime, end: datetime) -> list[_Intent]:
    """Those that began in between with any of the gap's wordings, in its languages."""
    languages = {each.language for each in _gaps(gap)}
    rows = Search.objects.filter(settled=True, kind__in=COUNTED).exclude(channel__in=NOT_SEARCHES)
    wanted: set[uuid.UUID] = set()
    for keys in chunks(sorted(_keys(gap))):
        near = rows.filter(key__in=keys, created__gte=start, created__lt=end)
        wanted |= {
            intent
            for intent, locale in near.values_list("intent_id", "locale")
            if locale.partition("-")[0] in languages
        }
    searches: dict[uuid.UUID, list[tuple]] = defaultdict(list)
    for ids in chunks(wanted):
        found = rows.filter(intent_id__in=ids)
        for intent, *values in found.values_list("intent_id", "created", "total", "contact_id"):
            searches[intent].append(tuple(values))
    return [_intent(each) for each in searches.values()]


def _intent(searches: Iterable[tuple]) -> _Intent:
    times, totals, contacts = zip(*searches, strict=True)
    return _Intent(min(times), not any(totals), any(contacts))


def _asked(gap: Gap, start: datetime, end: datetime) -> list[datetime]:
    """When its frequent questions were asked, each conversation once."""
    rows = Question.objects.filter(
        text__group__gap__in=_gaps(gap), asked__gte=start, asked__lt=end
    ).order_by("asked")
    first: dict[str, datetime] = {}
    for digest, conversation, at in rows.values_list("digest", "conversation", "asked"):
        first.setdefault(conversation or digest, at)
    return list(first.values())
