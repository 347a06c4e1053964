"""A digest for one reader: with the words that he may read."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from content.audience import Audience
from search.insights.admin import access
from search.insights.metrics.models import FigureSettings
from search.insights.models import Gap, GapEvidence, QuestionGroup
from search.insights.questions.admin import access as questions

from . import wording
from .models import Digest, Touchpoint


@dataclass(frozen=True, slots=True)
class Line:
    """One cause: ``words`` are its question's, or its number; ``url`` is "" where the reader may
    not open it. ``change`` says whether it fell."""

    words: str
    lang: str
    url: str
    what: str
    touchpoint: str
    people: int
    now: int
    before: int
    days: int
    change: str


def may_read(digest: Digest, user: Any) -> bool:
    """Whoever sees gaps, and the department's own people."""
    return access.may_see(user) or digest.department.people.filter(pk=user.pk).exists()


def lines(digest: Digest, key: str, user: Any) -> list[Line]:
    """The rows under ``key`` ("causes" or "closed"): seven queries however many there are."""
    rows = digest.data.get(key, [])
    ids = {kind: [r["id"] for r in rows if r["kind"] == kind] for kind in ("gap", "question")}
    gaps = Gap.objects.select_related("diagnosis").in_bulk(ids["gap"])
    groups = QuestionGroup.objects.select_related("coverage").in_bulk(ids["question"])
    places = Touchpoint.objects.in_bulk([row["touchpoint"] for row in rows])
    minimum = FigureSettings.current().minimum
    seen = _readable(ids["gap"], Audience.of(user))
    opens = {"gap": access.may_see(user), "question": questions.may_see(user)}
    found = []
    for row in rows:
        cause: Any = (gaps if row["kind"] == "gap" else groups).get(row["id"])
        if cause is None:
            continue
        shown = row["kind"] == "question" or row["id"] in seen
        found.append(
            Line(
                words=str(cause) if shown else wording.name(row),
                lang=cause.locale if shown else "",
                url=_address(row) if opens[row["kind"]] else "",
                what=_what(row["kind"], cause),
                touchpoint=str(places.get(row["touchpoint"], "")),
                people=row["people"],
                now=row["now"],
                before=row["before"],
                days=row["days"],
                change=wording.change(row, minimum),
            )
        )
    return found


def _readable(gaps: list[int], reader: Audience) -> set[int]:
    """The gaps of whose searches some were made by people who see no more than ``reader``."""
    audiences = defaultdict(set)
    rows = GapEvidence.objects.filter(gap_id__in=gaps).values_list("gap_id", "audience")
    for pk, audience in rows.distinct().order_by():
        audiences[pk].add(Audience(audience).level)
    return {pk for pk, levels in audiences.items() if min(levels) <= reader.level}


def _address(row: dict) -> str:
    name = "insights:gap" if row["kind"] == "gap" else "questions:group"
    return reverse(name, args=[row["id"]])


def _what(kind: str, cause: Any) -> str:
    if kind == "gap":
        return " · ".join(filter(None, [_("Gap"), cause.diagnosis_name]))
    coverage = getattr(cause, "coverage", None)
    parts = [str(cause.get_kind_display()), str(coverage) if coverage else ""]
    return " · ".join(filter(None, parts))
