"""What customers wrote to agents in thirty days, imported and grouped like any other."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from search.insights.coverage.keeping import check_all
from search.insights.figures import recount as recount_gaps
from search.insights.metrics.counting import count_due
from search.insights.metrics.facts.fact import chunks
from search.insights.models import (
    Gap,
    GapEvidence,
    GroupingRun,
    Question,
    QuestionGroup,
    QuestionImport,
    QuestionText,
    Reason,
)
from search.insights.questions.fields import Row
from search.insights.questions.figures import recount
from search.insights.questions.keeping import Keeper
from search.insights.questions.runs import group_questions

from . import CLIENT, DAYS
from .pages import load
from .plans import SEED

SOURCE = f"{CLIENT}conversations"
#: Times that one wording is asked.
_TIMES = (1, 4)
_CHANNELS = ("chat", "phone", "mail")


def tell(now: datetime) -> None:
    """Import the conversations and group them."""
    record = QuestionImport.objects.create(source=SOURCE, state=QuestionImport.State.DONE)
    rows = list(_rows(now))
    kept = Keeper(record).keep([(row, False) for row in rows])
    record.rows, record.kept, record.finished = len(rows), kept.kept, now
    record.save()
    group_questions()


def look() -> None:
    """Ask the search what they asked, and count it; what has no answer joins the gaps."""
    check_all()
    count_due()


def clear() -> list[datetime]:
    """Remove them, and the groups that nobody else's questions are in; returns when they were."""
    ours = Question.objects.filter(source=SOURCE)
    times = list(ours.values_list("asked", flat=True))
    touched = set(ours.values_list("text__group", flat=True)) - {None}
    _leave_gaps(ours)
    ours.delete()
    QuestionImport.objects.filter(source=SOURCE).delete()
    QuestionText.objects.filter(group__in=touched, questions=None).delete()
    QuestionText.objects.filter(group=None, questions=None).delete()
    # A run may leave a group empty whose wordings went to another one.
    QuestionGroup.objects.filter(Q(pk__in=touched) | Q(decided=False), texts=None).delete()
    recount(touched)
    if not Question.objects.exists():
        GroupingRun.objects.all().delete()
    return times


def _leave_gaps(questions: QuerySet[Question]) -> None:
    """Take these questions out of the gaps, and gaps of which nothing is left with them."""
    asked = [UUID(digest) for digest in questions.values_list("digest", flat=True)]
    touched: set[int] = set()
    for batch in chunks(asked):
        evidence = GapEvidence.objects.filter(query_id__in=batch, reason=Reason.ASKED)
        touched |= set(evidence.values_list("gap", flat=True)) | set(
            evidence.exclude(own=None).values_list("own", flat=True)
        )
        evidence.delete()
    Gap.objects.filter(pk__in=touched, evidence=None, joined=None).delete()
    recount_gaps(touched)


def _rows(now: datetime) -> Iterator[Row]:
    chance = random.Random(SEED + 3)  # noqa: S311 - it has to be the same every time
    topics: list[dict[str, Any]] = load("conversations")
    for topic in topics:
        for head, tail in itertools.product(topic["heads"], topic["tails"]):
            for _ in range(chance.randint(*_TIMES)):
                share = chance.random() ** (0.4 if topic.get("rising") else 1.0)
                yield Row(
                    text=f"{head}{tail}",
                    time=now - timedelta(days=DAYS * (1 - share)),
                    channel=chance.choice(_CHANNELS),
                    customer=f"{chance.randint(1, 400)}",
                    conversation=f"{chance.randint(1, 10_000)}",
                    rating=float(chance.randint(1, 5)),
                    solved=chance.random() < 0.7,
                    locale=topic["locale"],
                )
