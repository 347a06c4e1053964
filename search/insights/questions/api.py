"""``POST /api/v1/questions``: what customers asked elsewhere, sent by a program with a token."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router, Schema, Status
from ninja.errors import HttpError, Throttled
from pydantic import Field

from search.journeys.limits import Limit

from .fields import Row, RowError, parse
from .keeping import Keeper
from .models import QuestionImport

router = Router(tags=["questions"])
#: Rows that one call may send; turns of whole conversations are counted.
PER_CALL = 1000
PERMISSION = "insights.add_questionimport"
_LIMIT = Limit("questions")


class MessageIn(Schema):
    """A turn of a conversation."""

    text: str = Field(max_length=20_000)
    role: str = Field("customer", max_length=40)
    time: str | float | None = None


class QuestionIn(Schema):
    """A message, or a conversation with its ``messages``."""

    text: str = Field("", max_length=20_000)
    messages: list[MessageIn] = Field(default_factory=list, max_length=PER_CALL)
    time: str | float | None = Field(None, description="ISO 8601, or seconds since 1970")
    channel: str = Field("", max_length=40)
    customer: str = Field("", max_length=200, description="Kept as a keyed hash")
    conversation: str = Field("", max_length=200, description="Kept as a keyed hash")
    agent: str = Field("", max_length=80)
    role: str = Field("", max_length=40)
    rating: float | None = None
    solved: bool | None = None
    locale: str = Field("", max_length=20, description="Detected where absent")


class QuestionsIn(Schema):
    """Questions of one source."""

    source: str = Field(min_length=1, max_length=80)
    questions: list[QuestionIn] = Field(min_length=1, max_length=PER_CALL)


class Problem(Schema):
    """A row that could not be used."""

    row: int
    detail: str


class Taken(Schema):
    """What became of the rows."""

    kept: int
    repeated: int
    left_out: int
    errors: list[Problem]


@router.post(
    "questions", response={200: Taken}, summary="What customers asked", url_name="questions"
)
def questions(request: HttpRequest, payload: QuestionsIn) -> Status:
    """Take questions, redacted. Rows with errors are told; the others are kept."""
    user = request.user
    if not user.is_authenticated:
        raise HttpError(401, _("This needs a token."))
    if not user.has_perm(PERMISSION):
        raise PermissionDenied(_("The owner of this token may not import questions."))
    number = sum(max(1, len(each.messages)) for each in payload.questions)
    if number > PER_CALL:
        raise HttpError(413, _("At most %(number)s messages in one call.") % {"number": PER_CALL})
    if not _LIMIT.take(request, number):
        raise Throttled(wait=int(_LIMIT.wait()))
    rows: list[tuple[Row, bool]] = []
    errors: list[dict[str, Any]] = []
    for place, each in enumerate(payload.questions, start=1):
        try:
            rows += _rows(each)
        except RowError as error:
            errors.append({"row": place, "detail": str(error)})
    record, _made = QuestionImport.objects.get_or_create(
        source=payload.source,
        user=user,
        file_name="",
        created__date=timezone.now().date(),
        defaults={"state": QuestionImport.State.DONE},
    )
    kept = Keeper(record).keep(rows)
    record.rows += number
    record.kept += kept.kept
    record.repeated += kept.repeated
    record.left_out += kept.left_out
    record.failed += len(errors)
    record.finished = timezone.now()
    record.save()
    return Status(
        200,
        {
            "kept": kept.kept,
            "repeated": kept.repeated,
            "left_out": kept.left_out,
            "errors": errors,
        },
    )


def _rows(given: QuestionIn) -> list[tuple[Row, bool]]:
    common = given.dict(exclude={"messages", "text", "role"})
    if not given.messages:
        row = parse({**common, "text": given.text, "role": given.role})
        return [(row, bool(row.conversation))]
    return [
        (
            parse({**common, "text": m.text, "role": m.role, "time": m.time or common["time"]}),
            True,
        )
        for m in given.messages
        if m.text.strip()
    ]
