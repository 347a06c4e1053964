"""The answer itself, first: one FAQ entry that clearly matches is shown in full."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString

from content.models import Entry
from content.rendering import render_leads

from .results import Hit, Results

#: What the first hit must cover of the question, and by how much it must lead the second.
COVERS = 0.8
LEADS = 1.15


@dataclass(frozen=True, slots=True)
class Answer:
    """A hit that answers by itself, with its short answer as sanitised HTML."""

    hit: Hit
    html: SafeString


def clear_answer(results: Results) -> Answer | None:
    """The first hit's answer where it is a FAQ entry that clearly matches; at most two queries."""
    hit = results.hits[0] if results.hits and not results.query.offset else None
    if hit is None or hit.kind != "faq" or not _leads(results.hits):
        return None
    entry = Entry.objects.visible_to(results.query.audience).filter(pk=hit.id).first()
    return Answer(hit, render_leads([entry])[entry.pk]) if entry and entry.lead else None


def _leads(hits: tuple[Hit, ...]) -> bool:
    first = hits[0]
    if first.exact:
        return True
    second = hits[1].score if len(hits) > 1 else 0.0
    return first.coverage >= COVERS and first.score >= second * LEADS
