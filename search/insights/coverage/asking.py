"""Asks the search what customers asked agents, in their own words, and says what it found.

The service is the one that customers use, for the audience and in the language of those who asked;
nothing is recorded. What counts as an answer is the diagnosis's rule (see ``diagnosis.looking``).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Max

from content.audience import Audience
from content.models import Entry
from search.insights.diagnosis.deciding import AGREED, family_of, reason
from search.insights.diagnosis.looking import Look, looked
from search.insights.diagnosis.models import Kind
from search.insights.examples import Example
from search.insights.questions.models import QuestionGroup
from search.insights.replay import ENOUGH, FIRST

from .models import State
from .speaking import Looks, speaking

#: Wordings that are asked: the commonest, then those nearest the middle of the group.
WORDINGS = 10
#: Wordings, nearest the middle, whose common words are looked for in the names of entries.
READ = 300
#: Characters of a wording that a search reads.
LONGEST = 500
#: Whoever writes to agents is a customer; what they may see beyond the public is not known.
AUDIENCE = Audience.PUBLIC
_PLACEHOLDER = re.compile(r"\s*⟨[^⟩]*⟩\s*")


@dataclass(frozen=True, slots=True)
class Found:
    """The outcome: of ``whole`` times asked, ``found`` had ``entry`` among the first three."""

    state: State
    entry: Entry | None = None
    found: int = 0
    whole: int = 0
    seen: tuple[dict[str, Any], ...] = ()


def words_of(text: str) -> str:
    """A wording as it is searched for: without what redaction put in the place of names."""
    return " ".join(_PLACEHOLDER.sub(" ", text).split())[:LONGEST]


def locale_of(text: str, group: str) -> str:
    """The language in which a wording is asked: its own, else its group's, else the site's."""
    return text or group or settings.LANGUAGE_CODE


def wordings_of(group: QuestionGroup) -> list[Example]:
    """The wordings of ``group`` that are asked, with how often customers asked them."""
    rows = (
        group.texts.annotate(number=Count("questions"), last=Max("questions__asked"))
        .filter(number__gt=0)
        .order_by("-number", "-nearness", "pk")[:WORDINGS]
    )
    return [
        Example(
            query=words,
            locale=locale_of(row.locale, group.locale),
            audience=AUDIENCE,
            searches=row.number,
            people=row.number,
            last=row.last,
        )
        for row in rows
        if (words := words_of(row.text))
    ]


def _said(group: QuestionGroup) -> list[tuple[str, str, int]]:
    """The wordings from which the common words are taken: text, locale, times asked."""
    rows = group.texts.annotate(number=Count("questions")).order_by("-nearness", "pk")[:READ]
    return [(words_of(row.text), locale_of(row.locale, group.locale), row.number) for row in rows]


def ask(group: QuestionGroup) -> Found:
    """Whether ``group`` is covered now; raises `EngineFailed`."""
    if group.state == QuestionGroup.State.IGNORED:
        return Found(State.IGNORED)
    looks = [(example, looked(example)) for example in wordings_of(group)]
    whole = sum(example.searches for example, _ in looks)
    families: Counter[str] = Counter()
    entries: Counter[tuple[str, int]] = Counter()
    for example, answers in speaking(looks, _said(group)):
        for family, entry in answers.items():
            families[family] += example.searches
            entries[family, entry] += example.searches
    found = {family: _times_found(looks, family) for family in families}
    best = max(families, key=lambda each: (families[each], found[each], each), default="")
    if not best or families[best] < AGREED * whole:
        return Found(State.MISSING, whole=whole, seen=_seen(looks, ""))
    pk = max(entries, key=lambda each: (each[0] == best, entries[each], -each[1]))[1]
    state = State.COVERED if found[best] >= ENOUGH * whole else _unfound(best, looks)
    entry = Entry.objects.filter(pk=pk, live=True).first()
    return Found(state, entry, found[best], whole, _seen(looks, best))


def _times_found(looks: Looks, family: str) -> int:
    return sum(e.searches for e, look in looks if _rank(e, look, family, FIRST))


def _unfound(family: str, looks: Looks) -> State:
    """An answer that most of those who asked may not read, or in no language of theirs, is none."""
    readable = family_of(family)
    votes: Counter[bool] = Counter()
    for example, _ in looks:
        votes[reason(readable, example) == Kind.NOT_FINDABLE] += example.searches
    return State.BADLY if votes[True] >= votes[False] else State.MISSING


def _rank(example: Example, look: Look, family: str, within: int) -> int:
    """The place of a family among the first hits that answer, in the asker's language; 0: none."""
    own = example.locale.partition("-")[0]
    for rank, hit in enumerate(look.asked.hits[:within], 1):
        if hit.family == family and hit.locale.startswith(own):
            return rank
    return 0


def _seen(looks: Looks, family: str) -> tuple[dict[str, Any], ...]:
    return tuple(
        {
            "text": example.query,
            "locale": example.locale,
            "number": example.searches,
            "answered": look.asked.answered,
            "rank": _rank(example, look, family, len(look.asked.hits)),
            "first": look.asked.hits[0].id if look.asked.hits else 0,
        }
        for example, look in looks
    )
