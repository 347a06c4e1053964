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

_END = ") v ON 1 = 1"
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
    sql = " ".join(("SELECT s.*, v.* FROM (", generations.STATE, ") s LEFT JOIN (", visible, _END))
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        found = cursor.fetchall()
    if not found:
        return Standing(generations.state(), {})  # a new site: it has no index yet
    revisions = {pk: revision for *_, pk, revision in found if pk is not None}
    return Standing(generations.read(found[0][:-2]), revisions)


def live(ids: Iterable[int], audience: Audience) -> QuerySet:
    """(id, live version) of those of the entries that ``audience`` may see."""
    found = Entry.objects.visible_to(audience).filter(pk__in=ids).order_by()
    return found.values_list("pk", "live_revision_id")
