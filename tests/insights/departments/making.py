"""A department that owns a shelf, and what people ask about it."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from search.insights.metrics import calendar
from search.insights.models import (
    Department,
    Gap,
    GapEvidence,
    Question,
    QuestionGroup,
    QuestionText,
    Touchpoint,
    TouchpointRule,
)
from tests import factories


def owner(name: str = "Billing", *rules: dict, people=(), **fields) -> Touchpoint:
    """A department with one touchpoint, to which ``rules`` say what belongs."""
    department = Department.objects.create(name=name, **fields)
    department.people.set(people)
    department.save()
    touchpoint = Touchpoint.objects.create(name=name, journey="Paying", department=department)
    for rule in rules:
        TouchpointRule.objects.create(touchpoint=touchpoint, **rule)
    return touchpoint


def at(day: date, hour: float = 12) -> datetime:
    """An hour of a day of the site."""
    return calendar.start_of(day) + timedelta(hours=hour)


def gap(question: str, entry=None, **fields) -> Gap:
    """A gap that an entry is linked to, without evidence."""
    values = {"key": question, "language": "en", "locale": "en", "question": question}
    return Gap.objects.create(entry=entry, **values | fields)


def met(gap: Gap, day: date, number: int, audience: str = "public", hour: float = 12) -> None:
    """So many people search for it in vain on that day."""
    GapEvidence.objects.bulk_create(
        GapEvidence(
            gap=gap,
            query_id=uuid.uuid4(),
            reason="no_answer",
            client_id=f"person-{uuid.uuid4().hex[:8]}",
            intent_id=uuid.uuid4(),
            kind="customer",
            query=gap.question,
            locale="en",
            audience=audience,
            channel="site",
            created=at(day, hour),
        )
        for _ in range(number)
    )


def group(name: str, day: date, number: int) -> QuestionGroup:
    """A frequent question that so many people asked on that day."""
    made = QuestionGroup.objects.create(name=name, locale="en", texts_count=1)
    text = QuestionText.objects.create(text=name, digest=uuid.uuid4().hex, locale="en", group=made)
    asked(made, text, day, number)
    return made


def asked(made: QuestionGroup, text: QuestionText, day: date, number: int) -> None:
    """So many people ask it on that day."""
    Question.objects.bulk_create(
        Question(
            digest=uuid.uuid4().hex,
            text=text,
            source="test",
            asked=at(day),
            customer=uuid.uuid4().hex,
        )
        for _ in range(number)
    )
    QuestionGroup.objects.filter(pk=made.pk).update(last_asked=at(day))


def entry_in(shelf, title: str = "Invoices", **fields):
    """A live entry on a shelf."""
    return factories.faq(title, parent=shelf, **fields)


def noon(day: date) -> datetime:
    """The site's noon, to travel to."""
    return datetime.combine(day, time(12), tzinfo=timezone.get_default_timezone())
