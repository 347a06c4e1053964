"""What is joined in a gap, on its page: whose words are in it, and how people change that."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext
from wagtail.admin import messages

from search.index.vectors import embedders
from search.insights.joining.moving import CannotJoinError, OtherReadersError, join, split
from search.insights.models import UNFINISHED, Gap

#: Gaps that are offered to be joined; any other by its number.
OFFERED = 100


@dataclass(frozen=True, slots=True)
class Part:
    """The searches of one gap's own words; ``number`` is the gap's."""

    number: int
    wording: str
    locale: str
    searches: int
    people: int


def parts_of(gap: Gap) -> list[Part]:
    """What is joined in ``gap``, most searched first; of a gap by itself nothing."""
    if not gap.joined.exists():
        return []
    whole = {"searches": Count("query_id", distinct=True)}
    rows: Any = gap.evidence.order_by().values("own")
    totals = rows.annotate(**whole, people=Count("client_id", distinct=True))
    wordings: dict[int | None, list[tuple[int, str, str]]] = defaultdict(list)
    for row in rows.values("own", "query", "locale").annotate(**whole):
        wordings[row["own"]].append((row["searches"], row["query"], row["locale"]))
    parts = []
    for row in totals.order_by("-searches", "own"):
        _, wording, locale = max(wordings[row["own"]])
        parts.append(Part(row["own"] or gap.pk, wording, locale, row["searches"], row["people"]))
    return parts


def joined_for(gap: Gap) -> dict[str, Any]:
    """What the page says of it. By hand gaps are joined where the worker joins them, too."""
    joins = gap.joined_into_id is None and gap.state in UNFINISHED and bool(embedders.wanted())
    offered = Gap.objects.filter(joined_into=None, state__in=UNFINISHED, people__gt=0)
    return {
        "parts": parts_of(gap),
        "may_join": joins,
        "offered": offered.exclude(pk=gap.pk).order_by("-people", "pk")[:OFFERED] if joins else (),
    }


class JoinActions:
    """Joining and splitting by hand; part of the view of a gap's actions."""

    request: Any

    def _join(self, gap: Gap) -> HttpResponse:
        given = self.request.POST.get("other", "").strip()
        other = (
            Gap.objects.filter(pk=given).first() if given.isascii() and given.isdigit() else None
        )
        try:
            if other is None:
                raise CannotJoinError
            join(gap, other, self.request.user)
        except OtherReadersError:
            messages.error(
                self.request,
                gettext("Only agents met one of the two: they stay apart."),
            )
        except CannotJoinError:
            messages.error(self.request, gettext("There is no such gap to join with this one."))
        else:
            messages.success(self.request, gettext("The two gaps are one."))
        return redirect("insights:gap", gap.pk)

    def _split(self, gap: Gap) -> HttpResponse:
        given = self.request.POST.get("own", "")
        own = get_object_or_404(Gap, pk=given if given.isascii() and given.isdigit() else 0)
        try:
            left = split(gap, own, self.request.user)
        except CannotJoinError:
            messages.error(self.request, gettext("This wording is not in the gap any more."))
            return redirect("insights:gap", gap.pk)
        messages.success(
            self.request,
            gettext("The wording is a gap of its own again, number %(number)d.")
            % {"number": own.pk},
        )
        return redirect("insights:gap", left.pk)
