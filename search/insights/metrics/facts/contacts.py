"""Contacts, in the hour in which they were made, with how they ended and what people said of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from search.insights.metrics.calendar import Window
from search.journeys.models import Contact, Measure, Rating

from . import imported
from .fact import COUNTED, Fact, chunks, within
from .places import Places

_FIELDS = ("pk", "created", "kind", "locale", "state", "entry_id", "solved_first")


def facts(windows: Sequence[Window], places: Places) -> Iterator[Fact]:
    """Messages sent by the contact page, then what came in by other channels and was imported."""
    yield from _sent(windows, places)
    yield from imported.facts(windows)


def _sent(windows: Sequence[Window], places: Places) -> Iterator[Fact]:
    rows = Contact.objects.filter(within("created", windows), kind__in=COUNTED)
    found = list(rows.values_list(*_FIELDS, "entry__first_published_at"))
    places.learn(values[5] for values in found if values[5])
    ratings = _ratings([values[0] for values in found])
    for pk, created, kind, locale, state, entry, solved, published in found:
        adds = {"contacts": 1}
        if state == Contact.State.CLOSED:
            fresh = published is not None and published > created
            kept = "unknown" if entry is None else "new" if fresh else "known"
            adds |= {"closed": 1, kept: 1}
            if entry is not None:
                adds["linked"] = 1
        _add_ratings(adds, ratings.get(pk, {}), solved)
        yield Fact(
            source="contacts",
            at=created,
            kind=kind,
            locale=locale,
            channel="contact",
            audience=places.audience(entry),
            category=places.category(entry),
            adds=adds,
            shown={"id": pk, "entry": entry, "ratings": ratings.get(pk, {})},
        )


def _ratings(contacts: list[int]) -> dict[int, dict[str, int]]:
    said: dict[int, dict[str, int]] = defaultdict(dict)
    for chunk in chunks(contacts):
        rows = Rating.objects.filter(contact_id__in=chunk)
        for contact, measure, value in rows.values_list("contact_id", "measure", "value"):
            said[contact][measure] = value
    return said


def _add_ratings(adds: dict[str, int], said: dict[str, int], solved: bool | None) -> None:
    """What the person says of the first answer goes before what their helper says."""
    first = said.get(Measure.SOLVED, solved)
    if first is not None:
        adds |= {"fcr_answers": 1, "fcr_solved": int(first)}
    if (stars := said.get(Measure.CSAT)) is not None:
        adds |= {"csat_answers": 1, "csat_satisfied": int(stars >= 4)}
    if (effort := said.get(Measure.CES)) is not None:
        adds |= {"ces_answers": 1, "ces_sum": effort, "ces_squares": effort * effort}
    if (likely := said.get(Measure.NPS)) is not None:
        adds |= {"nps_answers": 1}
        adds |= {"nps_promoters": int(likely >= 9), "nps_detractors": int(likely <= 6)}
