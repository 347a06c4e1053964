"""Makes the site and its people: everything through the doors of the product."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

from django.db.models import F

from content.audience import Audience
from content.models import Entry
from search.insights.collect import collect_all
from search.insights.diagnosis.keeping import diagnose_all
from search.insights.diagnosis.models import Kind
from search.insights.models import Gap, GapEvidence
from search.journeys import Journey
from search.journeys.contacts import create_contact
from search.journeys.models import Search
from search.lookup import service
from tests import factories as make
from tests.journeys.making import event

from .cases import CASES, Case

#: Who meets each gap; the last of them does not do what the others do.
PEOPLE = 4
Matrix = Counter[tuple[str, str]]


def build(index: Any) -> dict[Case, Entry]:
    """The entries, indexed; those that are published later stand as drafts."""
    made = {}
    for case in CASES:
        if case.title:
            made[case] = make.faq(
                case.title,
                lead=case.body,
                code=case.code or case.locale,
                audience=case.audience,
                live=case.deed != "later",
            )
    index.drain()
    return made


def ask_everything(entries: dict[Case, Entry], index: Any) -> dict[Case, Gap]:
    """What people ask and do; returns the gap of each case."""
    asked = {case: _people(number, case, entries.get(case)) for number, case in enumerate(CASES)}
    for case, entry in entries.items():
        if case.deed == "later":
            entry.save_revision().publish()
    index.drain()
    ago = timedelta(hours=2)  # long enough ago to have left without a click
    Search.objects.update(created=F("created") - ago, updated=F("updated") - ago)
    collect_all()
    return {
        case: Gap.objects.get(pk=GapEvidence.objects.filter(query_id=query_id)[0].gap_id)
        for case, query_id in asked.items()
    }


def diagnosed(gaps: dict[Case, Gap]) -> Matrix:
    """How often each kind was taken for which."""
    diagnose_all()
    found: Matrix = Counter()
    for case, gap in gaps.items():
        found[case.kind, Gap.objects.get(pk=gap.pk).diagnosis.kind] += 1
    return found


def mistaken(gaps: dict[Case, Gap]) -> str:
    """One line for each gap that was taken for another kind."""
    return "\n".join(
        f"{case.asked}: {case.kind} taken for {gap.diagnosis.kind}"
        for case, kept in gaps.items()
        if (gap := Gap.objects.get(pk=kept.pk)).diagnosis.kind != case.kind
    )


def table(matrix: Matrix) -> str:
    """The matrix as text: a row for each true kind."""
    lines = ["true \\ diagnosed".ljust(16) + "".join(kind.value.rjust(15) for kind in Kind)]
    for true in Kind:
        counts = (str(matrix[true, kind]).rjust(15) for kind in Kind)
        lines.append(true.value.ljust(16) + "".join(counts))
    return "\n".join(lines)


def _people(number: int, case: Case, entry: Entry | None) -> str:
    """Query id of the last search for the case's words."""
    query_id = ""
    for one in range(PEOPLE):
        journey = Journey(f"person-{number:04d}-{one:07d}")
        query_id = _search(case.asked, case.locale, journey)
        if entry is not None and one < PEOPLE - 1:
            _act(case, entry, journey, query_id)
        elif case.kind == Kind.UNHELPFUL:
            create_contact(journey, "Help", "a@example.com", case.locale)
    return query_id


def _search(text: str, locale: str, journey: Journey) -> str:
    found = service.search(service.Query(text, Audience.PUBLIC, locale, journey=journey))
    Search.objects.filter(query_id=found.query_id).update(settled=True)
    return str(Search.objects.get(query_id=found.query_id).query_id)


def _act(case: Case, entry: Entry, journey: Journey, query_id: str) -> None:
    who = journey.client_id
    if case.deed == "reword":
        then = _search(case.other, case.code or case.locale, journey)
        Search.objects.filter(query_id=then).update(
            intent_id=Search.objects.get(query_id=query_id).intent_id
        )
        event("click", then, who, object_id=entry.pk, position=1)
    elif case.deed == "sent":
        contact = create_contact(journey, "Help", "a@example.com", case.locale)
        contact.entry, contact.state = entry, "closed"
        contact.save()
    elif case.deed in ("contact", "no"):
        event("click", query_id, who, object_id=entry.pk, position=1)
        if case.deed == "contact":
            create_contact(journey, "Help", "a@example.com", case.locale)
        else:
            event("vote", query_id, who, object_id=entry.pk, helpful=False)
