"""``POST /api/v1/events``: clicks, reads, votes and flags, with UBI names.

Works with ``navigator.sendBeacon``: the body is JSON whatever its content type says.
"""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema, Status
from ninja.errors import HttpError, Throttled
from pydantic import Field

from content.audience import Audience
from content.models import Entry

from .journey import Journey
from .limits import Limit
from .recorder import record_event
from .records import EventRecord
from .visitor import journey_of

router = Router(tags=["events"])
#: Events that one call may send.
PER_CALL = 50
_LIMIT = Limit("events")


class Position(Schema):
    """Where in a list the object stood."""

    ordinal: int = Field(ge=1, le=1000, description="1-based rank")
    section: str = Field("", max_length=200, description="Anchor at which the hit opens")


class EventIn(Schema):
    """One action."""

    action_name: Literal[
        "click", "read", "vote", "copy", "used_solved", "used_unsolved", "not_found"
    ]
    query_id: UUID | None = None
    object_id: int | None = Field(None, ge=1)
    object_version: int | None = Field(None, ge=1)
    position: Position | None = None
    section: str = Field("", max_length=200)
    helpful: bool | None = Field(None, description="Required for a vote.")
    reason: str = Field("", max_length=40)
    comment: str = Field("", max_length=2000)
    locale: str = Field("", max_length=20)
    channel: Literal["site", "suggest", "api", "desk", "contact"] = "site"


class Accepted(Schema):
    """How many events were taken."""

    accepted: int


@router.post("events", response={202: Accepted}, summary="Clicks, reads, votes", url_name="events")
def events(request: HttpRequest, payload: EventIn | list[EventIn]) -> Status:
    """Take one event or a list; all of them or, with an error, none."""
    given = payload if isinstance(payload, list) else [payload]
    if len(given) > PER_CALL:
        raise HttpError(413, _("At most %(number)s events in one call.") % {"number": PER_CALL})
    journey = journey_of(request)
    if not _LIMIT.take(request, len(given)):
        raise Throttled(wait=int(_LIMIT.wait()))
    versions = _visible(request, given)
    for event in given:
        _check(event)
    if journey.kind != "robot":
        for event in given:
            record_event(_record(event, journey, versions))
    return Status(202, {"accepted": len(given)})


def _visible(request: HttpRequest, given: list[EventIn]) -> dict[int, tuple[Any, str]]:
    """Live revision and locale of every object; 404 where one is not for this reader's eyes."""
    wanted = {event.object_id for event in given if event.object_id}
    if not wanted:
        return {}
    audience = Audience.of(getattr(request, "user", None))
    rows = Entry.objects.visible_to(audience).filter(pk__in=wanted)
    found = {
        pk: (revision, locale)
        for pk, revision, locale in rows.values_list(
            "pk", "live_revision_id", "locale__language_code"
        )
    }
    if missing := wanted - found.keys():
        raise HttpError(404, _("There is no article %(id)s.") % {"id": min(missing)})
    return found


def _check(event: EventIn) -> None:
    if event.action_name == "vote" and event.helpful is None:
        raise HttpError(422, _("A vote needs “helpful”: true or false."))
    if event.action_name != "not_found" and not event.object_id:
        raise HttpError(422, _("“%(name)s” needs an object_id.") % {"name": event.action_name})


def _record(event: EventIn, journey: Journey, versions: dict[int, tuple[Any, str]]) -> EventRecord:
    revision, locale = versions.get(event.object_id or 0, (None, ""))
    return EventRecord(
        action=event.action_name,
        journey=journey,
        query_id=str(event.query_id or ""),
        object_id=event.object_id,
        position=event.position.ordinal if event.position else None,
        section=event.section or (event.position.section if event.position else ""),
        locale=event.locale or locale,
        channel=event.channel,
        version=event.object_version or revision,
        helpful=event.helpful,
        reason=event.reason,
        comment=event.comment,
    )
