"""Frequent questions, as a grouping leaves them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from search.insights.models import Question, QuestionGroup, QuestionText
from search.insights.questions.figures import recount
from search.insights.questions.keeping import text_digest
from search.journeys import changes


def frequent(
    name: str, wordings: dict[str, int], locale: str = "en", last: datetime | None = None
) -> QuestionGroup:
    """A group of these wordings, each asked so often, once a day, the last time at ``last``."""
    group = QuestionGroup.objects.create(name=name, locale=locale)
    for text, times in wordings.items():
        ask(group, text, times, locale, last)
    recount([group.pk])
    group.refresh_from_db()
    return group


def ask(
    group: QuestionGroup,
    text: str,
    times: int = 1,
    locale: str = "en",
    last: datetime | None = None,
) -> None:
    """Ask ``text`` so often, by different people."""
    last = last or timezone.now() - timedelta(hours=2)
    kept, _ = QuestionText.objects.get_or_create(
        digest=text_digest(text),
        defaults={"text": text, "locale": locale, "group": group, "nearness": 0.5},
    )
    start = Question.objects.count()
    made = [
        Question(
            digest=f"{start + number:032x}",
            text=kept,
            source="test",
            asked=last - timedelta(days=number),
            channel="chat",
            customer=f"{start + number:032x}",
            locale=locale,
        )
        for number in range(times)
    ]
    Question.objects.bulk_create(made)
    changes.note(question.asked for question in made)
