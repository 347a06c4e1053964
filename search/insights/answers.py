"""“Write the answer”: a draft from a gap, in the right locale, with what people asked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q

from content.audience import Audience
from content.drafts import create_faq_draft
from content.models import Category, Entry, FaqEntry
from search.journeys.models import Search
from search.text import exact_key

from . import states
from .examples import Example, examples_of
from .models import Coverage, Gap, State

MOST_PHRASINGS = 20
_PLACEHOLDER = re.compile(r"\s*⟨[^⟩]*⟩\s*")


class NoCategoryError(Exception):
    """The gap's locale has no category in which a draft could stand."""


def categories_for(gap: Gap) -> list[Category]:
    """The categories of the gap's locale, in the order of the tree."""
    return list(Category.objects.filter(locale__language_code=gap.locale).order_by("path"))


def likely_category(gap: Gap, categories: list[Category]) -> Category | None:
    """The category whose entries came nearest to answering, else the first."""
    near = nearest(gap)
    paths = Entry.objects.filter(pk__in=near).values_list("pk", "path")
    shelves = {category.path: category for category in categories}
    votes: Counter[str] = Counter()
    for pk, path in paths:
        if (parent := path[:-4]) in shelves:
            votes[parent] += near[pk]
    if votes:
        return shelves[votes.most_common(1)[0][0]]
    return categories[0] if categories else None


def nearest(gap: Gap) -> Counter[int]:
    """The entries that came nearest to answering, with how often."""
    queries = gap.evidence.order_by("-created").values_list("query_id", flat=True)[:50]
    hits = Search.objects.filter(query_id__in=list(queries)).values_list("hits", flat=True)
    near = Counter(entry for row in hits for entry, rank in row[:3])
    for seen in Coverage.objects.filter(
        Q(group__gap=gap) | Q(group__gap__joined_into=gap)
    ).values_list("seen", flat=True):
        for row in seen:
            near[row["first"]] += row["number"]
    return near


def write_answer(gap: Gap, user: Any, category: Category | None = None) -> FaqEntry:
    """Make a draft for ``gap``, or give back the one it has; the gap is then in work.

    Its title and phrasings are the wordings in the language of the category.
    What only agents asked does not become a phrasing of a text for customers: a gap that only
    agents met makes a draft for agents. Raises NoCategoryError where there is nowhere to put it.
    """
    if gap.entry_id and (existing := FaqEntry.objects.filter(pk=gap.entry_id).first()):
        return existing
    shelf = category or likely_category(gap, categories_for(gap))
    if shelf is None:
        raise NoCategoryError(gap.locale)
    language = shelf.locale.language_code.partition("-")[0]
    examples = [e for e in examples_of(gap) if e.locale.startswith(language)]
    audience, wordings = _wordings(examples)
    # The name of a frequent question is a clean one; of what was searched, the commonest goes.
    title = gap.question if gap.asked or not wordings else wordings[0]
    with transaction.atomic():
        entry = create_faq_draft(
            title=title[:255],
            phrasings=[w[:255] for w in wordings if w != title][:MOST_PHRASINGS],
            locale=shelf.locale,
            category=shelf,
            owner=user,
        )
        if audience is not Audience.PUBLIC:
            entry.audience = audience
            Entry.objects.filter(pk=entry.pk).update(audience=audience)
            entry.save_revision(user=user)
        gap.entry_id = entry.pk
        gap.owner = gap.owner or user
        states.move(gap, State.IN_WORK, states.Action.DRAFTED, user, note=title)
    return entry


def _wordings(examples: Sequence[Example]) -> tuple[Audience, list[str]]:
    """Whom the answer is for, and the different wordings, commonest first."""
    by_customers = [e for e in examples if e.audience.level < Audience.AGENTS.level]
    audience = Audience.PUBLIC if by_customers or not examples else Audience.AGENTS
    texts: dict[str, str] = {}
    for example in by_customers or examples:
        text = without_placeholders(example.query)
        if key := exact_key(text):
            texts.setdefault(key, text)
    return audience, list(texts.values())


def without_placeholders(text: str) -> str:
    """``text`` without what redaction has put in the place of names and numbers."""
    return _PLACEHOLDER.sub(" ", text).strip()
