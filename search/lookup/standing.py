"""Whether what was made before may be shown again: one statement to the database each time.

It says which state everything is in (the index, the tuning, what readers see), and which of the
entries shown the reader may see at this moment, in which version. Nothing is taken for granted
between two requests, so that a change counts at once, whichever process has made it; entries expire
by the database's clock.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from content.audience import Audience
from content.models import Entry
from content.prepared import statement
from search.index import generations
from search.index.generations import State

#: Entries are told in the columns of a state: to join them to it takes three times as long.
_AND = " UNION ALL SELECT NULL, NULL, NULL, v.pk, v.live_revision_id, NULL, NULL, NULL FROM ("
#: (live version or None, by entry) of those entries that a reader may see.
Revisions = dict[int, int | None]


@dataclass(frozen=True, slots=True)
class Standing:
    """What one statement found."""

    state: State
    revisions: Revisions


def standing(ids: Collection[int], audience: Audience) -> Standing:
    """The state now, and those of the entries that ``audience`` may see now."""
    if not ids:
        return Standing(generations.state(), {})
    visible, params = statement(live, ids, audience)
    with connection.cursor() as cursor:
        cursor.execute("".join((generations.STATE, _AND, visible, ") v")), params)
        found = cursor.fetchall()
    states = [row for row in found if row[0] is not None]
    # A new site has no index yet.
    state = generations.read(states[0]) if states else generations.state()
    return Standing(state, {row[3]: row[4] for row in found if row[0] is None})


def live(ids: Iterable[int], audience: Audience) -> QuerySet:
    """(id, live version) of those of the entries that ``audience`` may see."""
    found = Entry.objects.visible_to(audience).filter(pk__in=ids).order_by()
    return found.values_list("pk", "live_revision_id")
