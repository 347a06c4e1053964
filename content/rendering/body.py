"""Entries to what one audience may see of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from content.audience import Audience
from content.models import Entry, Kind

from .kept import html_of
from .materials import Materials, Written
from .pieces import pieces_of
from .sections import Piece, RenderedBody, assemble


def render_body(entry: Entry, audience: Audience) -> RenderedBody:
    """The body of one entry for ``audience``; empty where the entry is not meant for them."""
    return _rendered(entry, audience, Materials([entry]))


def render_bodies(entries: Iterable[Entry], audience: Audience) -> dict[int, RenderedBody]:
    """Bodies by id, with a number of queries that does not grow with the number of entries.

    With ``Audience.INTERNAL`` every section is there, each under the lowest audience that may see
    it: what an index needs.
    """
    entries = list(entries)
    materials = Materials(entries)
    return {entry.pk: _rendered(entry, audience, materials) for entry in entries}


def take_apart(entries: Iterable[Written]) -> dict[int, tuple[Piece, ...]]:
    """All pieces of bodies by id, for `put_together`, in as many queries as `render_bodies`."""
    entries = list(entries)
    materials = Materials(entries)
    return {entry.pk: tuple(_pieces(entry, materials)) for entry in entries}


def put_together(pieces: Iterable[Piece], own: Audience, audience: Audience) -> RenderedBody:
    """What ``audience`` may see of the body of an entry for ``own``, of its pieces."""
    body = assemble(pieces, audience)
    if own is Audience.PUBLIC:
        return body
    sections = (
        type(s)(s.anchor, s.heading, s.text, Audience.narrower(own, s.audience))
        for s in body.sections
    )
    return RenderedBody(body.html, body.toc, tuple(sections))


def render_leads(entries: Iterable[Written]) -> dict[int, SafeString]:
    """Short answers (Markdown) and summaries (plain) as HTML by id, in at most two queries."""
    entries = list(entries)
    kept = html_of(entry.lead for entry in entries if entry.kind == Kind.FAQ)
    return {entry.pk: _lead(entry, kept) for entry in entries}


def _lead(entry: Written, kept: dict[str, str]) -> SafeString:
    if entry.kind == Kind.FAQ:
        return mark_safe(kept.get(entry.lead, ""))
    return mark_safe(f"<p>{escape(entry.lead)}</p>" if entry.lead.strip() else "")


def _rendered(entry: Entry, audience: Audience, materials: Materials) -> RenderedBody:
    own = Audience(entry.audience)
    if not audience.sees(own):
        return RenderedBody()
    return put_together(_pieces(entry, materials), own, audience)


def _pieces(entry: Written, materials: Materials) -> Iterator[Piece]:
    blocks = materials.bodies[id(entry)]
    return pieces_of(blocks, Audience.PUBLIC, entry.locale_id, materials)
