"""Makes hits of ids: title, path, the passage that answers, marked, and its section."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.conf import settings

from search.engine.protocol import EngineHit
from search.index.generations import State
from search.text.highlight import Marker
from search.text.highlight import Passage as Found
from search.text.pieces import beginning

from .addresses import address, crumbs
from .gate import LiveEntry
from .results import Hit, Passage, Section
from .retrieve import Found as Retrieved
from .texts import Text

#: Characters of a passage; those of Chinese take the room of two.
LENGTH, LENGTH_ZH = 160, 100


def present(
    hits: Iterable[EngineHit],
    entries: Mapping[int, LiveEntry],
    marker: Marker,
    found: Retrieved,
    state: State,
) -> list[Hit]:
    """Hits in the order given; what the gate has not admitted is left out."""
    shown = [(hit, entries[hit.id]) for hit in hits if hit.id in entries]
    if not shown:
        return []
    paths = crumbs((entry.path for _, entry in shown), state)
    of = address()
    made = []
    for hit, entry in shown:
        exact, near = hit.id in found.exact, found.near.get(hit.id)
        coverage = 1.0 if exact else found.coverage.get(hit.id, 0.0)
        part = near.part if near and coverage < settings.SEARCH_ANSWERED_AT else None
        section, passage = answer(entry.text, marker, _length(entry.locale), part)
        anchor = f"#{section.anchor}" if section else ""
        made.append(
            Hit(
                id=entry.id,
                family=entry.family,
                title=entry.title,
                title_marks=marker.marks(entry.title),
                url=of(entry.url_path) + anchor,
                kind=entry.kind,
                locale=entry.locale,
                audience=entry.audience,
                path=paths[entry.path],
                section=section,
                passage=passage,
                score=hit.score,
                verified=entry.verified.date() if entry.verified else None,
                updated=entry.updated,
                exact=exact,
                confidence=entry.confidence,
                coverage=coverage,
                distinct=near.distinct if near else None,
                near=bool(near and near.enough),
                answers=hit.id in found.answering,
                certainty=max(coverage, near.confidence if near and near.enough else 0.0),
            )
        )
    return made


def _length(locale: str) -> int:
    return LENGTH_ZH if locale.startswith("zh") else LENGTH


def answer(
    text: Text, marker: Marker, length: int = LENGTH, part: str | None = None
) -> tuple[Section | None, Passage | None]:
    """The section and the passage that answer best; the beginning where no word stands in any.

    With ``part`` those of the section that has this anchor, if there is one for the reader.
    """
    sections = text.sections
    if not sections:
        return None, None
    if part is not None:
        anchors = [anchor for anchor, *_ in sections]
        place = anchors.index(part) if part in anchors else 0
        return _nearest(sections[place], marker, length)
    best = marker.passage(text.searchable, length)
    if best is None:
        return None, _beginning(sections[0][2], length)
    anchor, heading, whole, _ = sections[best.section]
    section = Section(anchor, heading) if anchor else None
    if heading and best.text.startswith(heading):
        return section, _below(heading, whole, best, marker, length)
    return section, Passage(best.text, best.marks)


def _nearest(
    section: tuple[str, str, str, int], marker: Marker, length: int
) -> tuple[Section | None, Passage]:
    """A section that was found by its meaning: where words stand in it, else its beginning."""
    anchor, heading, text, _ = section
    best = marker.passage([text], length) if text else None
    passage = Passage(best.text, best.marks) if best else _beginning(text or heading, length)
    return (Section(anchor, heading) if anchor else None), passage


def _below(heading: str, text: str, best: Found, marker: Marker, length: int) -> Passage:
    """The passage without the heading, which is shown above it already."""
    rest = best.text[len(heading) :].lstrip(" ·")
    if len(rest) <= length // 2:
        beginning = _beginning(text, length).text
        return Passage(beginning, marker.marks(beginning))
    cut = len(best.text) - len(rest)
    marks = tuple((start - cut, end - cut) for start, end in best.marks if start >= cut)
    return Passage(rest, marks)


def _beginning(text: str, length: int) -> Passage:
    return Passage(beginning(text, length), ())
