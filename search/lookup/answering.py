"""``POST answer``: passages that answer a question, to be cited; or a refusal, and the way on.

A program that talks to people passes on what it is given here, with its address, and invents
nothing: where nothing answers, it is told so.
"""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field, StringConstraints

from content.audience import Audience
from search.journeys.limits import Limit
from search.journeys.visitor import journey_of
from search.text.pieces import beginning

from . import gate
from .query import LONGEST, Query
from .results import Hit, Results
from .schemas import Locale, SectionOut
from .service import search

router = Router(tags=["search"])

#: Passages of one answer, questions of one refusal, and characters of a passage.
MOST, NEAREST, LENGTH = 3, 5, 1_200

Question = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class QuestionIn(Schema):
    """A question, as a person puts it."""

    q: Question = Field(max_length=LONGEST)
    locale: Locale = "en"


class CitedOut(Schema):
    """A passage that answers, and where it stands.

    ``version`` is the article's revision. ``confidence`` (0–1): by meaning, the share of the site's
    own questions that come less near to anything when their answer is not there; by words, the
    share of the question that the passage's article covers; 1 for a title that is the question.
    """

    id: int
    version: int | None
    title: str
    url: str
    locale: str
    section: SectionOut | None
    text: str
    confidence: float


class NearestOut(Schema):
    """An article near the question that does not answer it."""

    id: int
    title: str
    url: str
    locale: str


class AnswerOut(Schema):
    """``answered``: ``passages``, best first. Else none, and the ``nearest`` questions there are.

    ``contact`` is where a person can be asked; both are given either way.
    """

    query_id: str
    answered: bool
    passages: list[CitedOut]
    nearest: list[NearestOut]
    contact: str


@router.post(
    "answer",
    response=AnswerOut,
    summary="Answer, or say that there is no answer",
    url_name="answer",
    throttle=Limit("search"),
)
def answer(request: HttpRequest, asked: QuestionIn) -> dict:
    """The passages that answer a question, to be cited with their addresses; or none."""
    results = search(
        Query(
            text=asked.q,
            audience=Audience.of(request.user),
            locale=asked.locale,
            limit=NEAREST,
            channel="api",
            journey=journey_of(request),
        )
    )
    answering = [hit for hit in results.hits if hit.answers][:MOST]
    return {
        "query_id": results.query_id,
        "answered": bool(answering),
        "passages": _cited(request, results, answering),
        "nearest": [
            {
                "id": hit.id,
                "title": hit.title,
                "url": request.build_absolute_uri(hit.url),
                "locale": hit.locale,
            }
            for hit in (*results.hits, *results.perhaps)
            if hit not in answering
        ][:NEAREST],
        "contact": request.build_absolute_uri(f"/{asked.locale}/contact/"),
    }


def _cited(request: HttpRequest, results: Results, hits: list[Hit]) -> list[dict]:
    """The hits with more of their text than a list shows: what the gate admits at this moment."""
    entries = gate.admit([hit.id for hit in hits], results.query.audience) if hits else {}
    cited = []
    for hit in hits:
        if entry := entries.get(hit.id):
            anchor = hit.section.anchor if hit.section else ""
            texts = {section[0]: section[2] for section in reversed(entry.text.sections)}
            shown = hit.passage.text if hit.passage else ""
            cited.append(
                {
                    "id": hit.id,
                    "version": entry.revision,
                    "title": hit.title,
                    "url": request.build_absolute_uri(hit.url),
                    "locale": hit.locale,
                    "section": hit.section,
                    "text": beginning(texts.get(anchor, ""), LENGTH) or shown,
                    "confidence": round(hit.certainty, 3),
                }
            )
    return cited
