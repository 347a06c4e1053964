"""Makes hits of ids: title, path, the passage that answers, marked, and its section."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from search.engine.protocol import EngineHit
from search.text.highlight import Marker
from search.text.highlight import Passage as Found
from search.text.pieces import beginning

from .addresses import address, crumbs
from .gate import LiveEntry
from .results import Hit, Passage, Section
from .texts import Text

#: Characters of a passage; those of Chinese take the room of two.
LENGTH, LENGTH_ZH = 160, 100


def present(
    found: Iterable[EngineHit],
    entries: Mapping[int, LiveEntry],
    marker: Marker,
    exact: frozenset[int],
    coverage: Mapping[int, float],
) -> list[Hit]:
    """Hits in the order given; what the gate has not admitted is left out."""
    shown = [(hit, entries[hit.id]) for hit in found if hit.id in entries]
    if not shown:
        return []
    paths = crumbs(entry.path for _, entry in shown)
    of = address()
    hits = []
    for hit, entry in shown:
        section, passage = answer(entry.text, marker, _length(entry.locale))
        anchor = f"#{section.anchor}" if section else ""
        hits.append(
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
                exact=hit.id in exact,
                confidence=entry.confidence,
                coverage=1.0 if hit.id in exact else coverage.get(hit.id, 0.0),
            )
        )
    return hits


def _length(locale: str) -> int:
    return LENGTH_ZH if locale.startswith("zh") else LENGTH


def answer(
    text: Text, marker: Marker, length: int = LENGTH
) -> tuple[Section | None, Passage | None]:
    """The section and the passage that answer best; the beginning where no word stands in any."""
    sections = text.sections
    if not sections:
        return None, None
    best = marker.passage(text.searchable, length)
    if best is None:
        return None, _beginning(sections[0][2], length)
    anchor, heading, whole, _ = sections[best.section]
    section = Section(anchor, heading) if anchor else None
    if heading and best.text.startswith(heading):
        return section, _below(heading, whole, best, marker, length)
    return section, Passage(best.text, best.marks)


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
