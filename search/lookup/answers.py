"""The answer itself, first: what clearly matches by words, or is near enough by its meaning.

Of a FAQ entry its short answer is shown in full, of an article the passage that matched.
"""

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
    """A hit that answers by itself; ``html`` is the short answer of a FAQ entry, sanitised, else
    the hit's passage is the answer."""

    hit: Hit
    html: SafeString | None = None


def clear_answer(results: Results) -> Answer | None:
    """The first hit's answer where it clearly is one; at most two queries."""
    hit = results.hits[0] if results.hits and not results.query.offset else None
    if hit is None or not _leads(results.hits):
        return None
    if hit.kind == "faq":
        entry = Entry.objects.visible_to(results.query.audience).filter(pk=hit.id).first()
        if entry and entry.lead:
            return Answer(hit, render_leads([entry])[entry.pk])
    return Answer(hit) if hit.near and hit.passage else None


def _leads(hits: tuple[Hit, ...]) -> bool:
    first = hits[0]
    if first.exact or first.near:
        return True
    second = hits[1].score if len(hits) > 1 else 0.0
    return first.coverage >= COVERS and first.score >= second * LEADS
