"""Imported conversations that asked something: contacts of other channels, in their first hour.

A conversation is one interaction: solved in it is solved in the first. Ratings from 1 to 5 are
answers to CSAT. Whoever asked is a hash of the sender's own, so that nobody here is known by it:
deflection does not see these contacts. Rows without a time of their own are left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from content.audience import Audience
from search.insights.metrics.calendar import Window
from search.insights.questions.models import Question

from .fact import Fact, chunks, inside, within


class _Row(NamedTuple):
    asked: datetime
    pk: int
    source: str
    conversation: str
    channel: str
    locale: str
    rating: float | None
    solved: bool | None


_FIELDS = ("asked", "pk", "source", "conversation", "channel", "locale", "rating", "solved")


def facts(windows: Sequence[Window]) -> Iterator[Fact]:
    """One for each conversation, or message without one, that begins in ``windows``."""
    for rows in _conversations(windows):
        first = rows[0]
        adds = {"contacts": 1}
        solved = [row.solved for row in rows if row.solved is not None]
        if solved:
            adds |= {"fcr_answers": 1, "fcr_solved": int(solved[-1])}
        ratings = [row.rating for row in rows if row.rating is not None and 1 <= row.rating <= 5]
        if ratings:
            adds |= {"csat_answers": 1, "csat_satisfied": int(ratings[-1] >= 4)}
        yield Fact(
            source="contacts",
            at=first.asked,
            kind="customer",
            locale=first.locale,
            channel=(first.channel or "import")[:20],
            audience=str(Audience.PUBLIC),
            category=0,
            adds=adds,
            shown={
                "id": None,
                "imported": first.source,
                "entry": None,
                "ratings": {"csat": f"{ratings[-1]:g}"} if ratings else {},
            },
        )


def times_of(windows: Sequence[Window]) -> Iterator[datetime]:
    """The times of all rows of the conversations that have one in ``windows``."""
    keys = _rows().filter(within("asked", windows)).exclude(conversation="")
    for chunk in chunks(keys.values_list("conversation", flat=True).distinct()):
        yield from _rows().filter(conversation__in=chunk).values_list("asked", flat=True)


def _conversations(windows: Sequence[Window]) -> Iterator[list[_Row]]:
    found = [_Row(*v) for v in _rows().filter(within("asked", windows)).values_list(*_FIELDS)]
    yield from ([row] for row in found if not row.conversation)
    joined: dict[str, list[_Row]] = defaultdict(list)
    for chunk in chunks({row.conversation for row in found if row.conversation}):
        for values in _rows().filter(conversation__in=chunk).values_list(*_FIELDS):
            row = _Row(*values)
            joined[row.conversation].append(row)
    for rows in joined.values():
        rows.sort(key=lambda row: row[:2])
        if inside(rows[0].asked, windows):
            yield rows


def _rows():
    return Question.objects.filter(timed=True)
