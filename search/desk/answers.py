"""An entry as an agent needs it in a call: the passage first, and what a caller may be given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils.safestring import SafeString

from content.audience import Audience
from content.models import Confidence, Entry, Kind
from content.presenting import Crumb, crumbs
from content.rendering import RenderedBody, Section, plain_text, render_body, render_leads
from search.index.tokens import analyser
from search.text.highlight import Marker

#: Characters of the passage shown above an entry.
PASSAGE = 360


@dataclass(frozen=True, slots=True)
class Extract:
    """The piece of the body that answers best; marks are [start, end) places in ``text``."""

    anchor: str
    heading: str
    text: str
    marks: tuple[tuple[int, int], ...]
    audience: Audience


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything the right pane shows. ``copy`` holds nothing that its readers may not see."""

    entry: Entry
    audience: Audience
    confidence: Confidence
    crumbs: tuple[Crumb, ...]
    lead: SafeString
    extract: Extract | None
    body: RenderedBody
    verified: date | None
    link: str
    copy: str

    @property
    def internal(self) -> bool:
        """Whether the entry is not for customers at all, so that nothing of it may be passed on."""
        return self.audience.sees(Audience.AGENTS)


def answer_of(
    entry: Entry, reader: Audience, request: HttpRequest, question: str = "", anchor: str = ""
) -> Answer:
    """``entry`` for ``reader``, opened at ``anchor`` or where the question's words stand."""
    audience = Audience(entry.audience)
    body = render_body(entry, reader)
    lead = render_leads([entry])[entry.pk]
    link = request.build_absolute_uri(entry.get_url(request) or "/")
    if anchor and any(s.anchor == anchor and audience.sees(s.audience) for s in body.sections):
        link = f"{link}#{anchor}"
    shown = tuple(crumb for crumb in crumbs(entry, request)[1:])
    return Answer(
        entry=entry,
        audience=audience,
        confidence=Confidence(entry.confidence),
        crumbs=shown,
        lead=lead,
        extract=_extract(body.sections, question, anchor) if _is_long(body) else None,
        body=body,
        verified=entry.verified_at.date() if entry.verified_at else None,
        link=link,
        copy=_copy(entry, lead, question, anchor, link),
    )


def _is_long(body: RenderedBody) -> bool:
    """Whether a piece of it says sooner what the whole would say."""
    return sum(len(section.text) for section in body.sections) > 2 * PASSAGE


def _extract(sections: tuple[Section, ...], question: str, anchor: str) -> Extract | None:
    """The best piece, of the section at ``anchor`` where there is one."""
    wanted = [s for s in sections if s.anchor == anchor and s.text] if anchor else []
    candidates = wanted or [s for s in sections if s.text]
    if not candidates or not question.strip():
        return None
    marker = Marker.of(analyser(), analyser().query(question), (), prefix=True)
    found = marker.passage([s.text for s in candidates], PASSAGE)
    if found is None:
        return None
    section = candidates[found.section]
    return Extract(section.anchor, section.heading, found.text, found.marks, section.audience)


def _copy(entry: Entry, lead: SafeString, question: str, anchor: str, link: str) -> str:
    """The answer in plain text with its link, from what the entry's own readers may see.

    A FAQ entry is its short answer; an article the section found, else its summary.
    """
    text = plain_text(lead)
    if entry.kind == Kind.ARTICLE:
        own = render_body(entry, Audience(entry.audience)).sections
        extract = _extract(own, question, anchor)
        section = next((s for s in own if extract and s.anchor == extract.anchor), None)
        text = section.text if section else text or (own[0].text if own else "")
    return "\n\n".join(part for part in (entry.title, text, link) if part)
