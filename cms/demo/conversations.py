"""What customers wrote to agents in thirty days, imported and grouped like any other."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from search.insights.models import (
    GroupingRun,
    Question,
    QuestionGroup,
    QuestionImport,
    QuestionText,
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


def clear() -> list[datetime]:
    """Remove them, and the groups that nobody else's questions are in; returns when they were."""
    ours = Question.objects.filter(source=SOURCE)
    times = list(ours.values_list("asked", flat=True))
    touched = set(ours.values_list("text__group", flat=True)) - {None}
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
