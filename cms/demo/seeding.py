"""Makes the whole demonstration, in an order that can be broken off and begun again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from cms.new_site import lay_ground
from content.models import Category, Entry, ImportedSource
from search.index import drain
from search.journeys.models import JourneySettings

from . import (
    SOURCE,
    alerts,
    clearing,
    conversations,
    departments,
    history,
    is_begun,
    is_complete,
    pages,
    users,
)

Say = Callable[[str], None]


class OccupiedError(Exception):
    """The site has content of its own."""


@dataclass(frozen=True, slots=True)
class Seeded:
    """What was made. ``logins`` are (name, password, role) of the users made now."""

    entries: int
    searches: int
    gaps: int
    logins: list[tuple[str, str, str]]


def seed(say: Say, tick: Callable[[int, int], None]) -> Seeded | None:
    """Make the demonstration; None where it is there already.

    Raises OccupiedError on a site with content of its own. What an earlier, broken off run left is
    removed first.
    """
    if is_complete():
        return None
    _refuse_if_occupied()
    if is_begun():
        say("An earlier run was broken off; what it left is removed.")
        clearing.clear()
    with transaction.atomic():
        lay_ground()
        made = users.make_users()
    say("Pages …")
    number = pages.build_pages(tick)
    drain.drain_all()
    departments.make_departments()
    say("What customers wrote to agents, grouped …")
    conversations.tell(timezone.now())
    say("Thirty days of searches, clicks, votes and contacts …")
    told = history.tell(tick)
    conversations.look()
    alerts.make_rules()
    departments.tell_last_week()
    settings = JourneySettings.objects.first() or JourneySettings()
    settings.demonstration = True
    settings.save()
    return Seeded(number, told.searches, told.gaps, made)


def _refuse_if_occupied() -> None:
    ours = ImportedSource.objects.filter(source__startswith=SOURCE).values("page_id")
    own = Entry.objects.exclude(pk__in=ours).count()
    keys = {pages.key_of("category", row["slug"]) for row in pages.load("categories")}
    shelves = Category.objects.exclude(translation_key__in=keys).count()
    if own or shelves:
        raise OccupiedError(
            f"This site has content of its own ({own} entries, {shelves} categories). The "
            "demonstration is for an empty site; nothing was changed."
        )
