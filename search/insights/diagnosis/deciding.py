"""Decides what a gap is: first by what its people did, then by what the service finds.

What agents answered with and what people opened says more than any score. Where it is the answer,
its audience and language say why it was not found.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from content.audience import Audience
from content.models import Entry
from search.insights.examples import Example, examples_of
from search.insights.models import Gap

from .following import Followed, People, followed
from .looking import Sight, looked
from .models import Kind, Way

#: Wordings that are searched again, the commonest first.
WORDINGS = 10
#: Of a gap's people, so many are enough to speak for all; of what is told, so much must agree.
ENOUGH, AGREED = 0.25, 0.5


@dataclass(frozen=True, slots=True)
class Verdict:
    """``part`` of ``whole`` people or searches show that ``entry`` is what ``kind`` says."""

    kind: Kind
    way: Way
    entry: Entry | None = None
    part: int = 0
    whole: int = 0
    seen: tuple[dict, ...] = ()


def decide(gap: Gap) -> Verdict:
    """The diagnosis of ``gap``, now. Stores nothing."""
    examples = examples_of(gap, WORDINGS)
    story = followed(gap)
    answered = _most(story.answered, story.people)
    unhelpful = _unhelpful(story)
    if unhelpful and answered in (None, unhelpful) and (entry := _live(unhelpful)):
        part = len(story.unhelped[unhelpful])
        return Verdict(Kind.UNHELPFUL, Way.READ, entry, part, len(story.opened[unhelpful]))
    reworded = _most(story.reworded, story.people)
    for pk, way, who in (
        (answered, Way.ANSWERED, story.answered),
        (reworded, Way.REWORDED, story.reworded),
    ):
        if pk and (entry := _live(pk)):
            words = tuple(
                {"query": query, "number": number} for query, number in story.by[pk].most_common(5)
            )
            kind = _why(entry, examples)
            return Verdict(kind, way, entry, len(who[pk]), story.people, words)
    return _searched(examples)


def _most(people: People, everyone: int) -> int | None:
    """The entry that most of those speak for who say anything, where they are enough."""
    best = max(people, key=lambda pk: (len(people[pk]), -pk), default=None)
    if best is None:
        return None
    told = len(set().union(*people.values()))
    number = len(people[best])
    return best if number >= ENOUGH * everyone and number >= AGREED * told else None


def _unhelpful(story: Followed) -> int | None:
    """What people opened and were not helped by: half of its readers, a quarter of all."""
    best = _most(story.unhelped, story.people)
    if best is None or len(story.unhelped[best]) < AGREED * len(story.opened[best]):
        return None
    return best


def _live(pk: int) -> Entry | None:
    return Entry.objects.filter(pk=pk, live=True).select_related("locale").first()


def _why(entry: Entry, examples: tuple[Example, ...]) -> Kind:
    """Why most of those who asked did not find ``entry``."""
    votes: Counter[Kind] = Counter()
    family = family_of(entry.translation_key)
    for example in examples:
        votes[reason(family, example)] += example.searches
    return votes.most_common(1)[0][0] if votes else Kind.NOT_FINDABLE


def family_of(key: object) -> list[tuple[str, str]]:
    """Language and audience of the published entries with this translation key."""
    live = Entry.objects.filter(translation_key=key, live=True)
    return list(live.values_list("locale__language_code", "audience"))


def reason(family: list[tuple[str, str]], example: Example) -> Kind:
    """Why who asked so did not find a family that answers; not findable: they may read it.

    The scripts of one language find each other's answers, so they count as one.
    """
    own = example.locale.partition("-")[0]
    readable = [Audience(who) for locale, who in family if locale.startswith(own)]
    if any(example.audience.sees(who) for who in readable):
        return Kind.NOT_FINDABLE
    if any(example.audience.sees(who) for _, who in family):
        return Kind.WRONG_LANGUAGE
    return Kind.NOT_PERMITTED


def _searched(examples: tuple[Example, ...]) -> Verdict:
    """By the service: what answers most of the searches, or nothing."""
    whole = sum(example.searches for example in examples)
    sights: dict[str, list[tuple[Example, Sight]]] = defaultdict(list)
    for example in examples:
        if sight := looked(example).sight:
            sights[sight.family].append((example, sight))

    def weight(family: str) -> int:
        return sum(example.searches for example, _ in sights[family])

    best = max(sights, key=lambda family: (weight(family), family), default="")
    enough = bool(best) and weight(best) >= AGREED * whole
    entry = _live(_commonest(sights[best])) if enough else None
    if entry is None:
        return Verdict(Kind.MISSING, Way.NONE, whole=whole)
    shown = sights[best]
    seen = tuple(
        {
            "query": example.query,
            "rank": sight.rank,
            "certainty": round(sight.certainty, 2),
            "number": example.searches,
        }
        for example, sight in shown
    )
    kind = _why(entry, tuple(example for example, _ in shown))
    return Verdict(kind, Way.SEARCHED, entry, weight(best), whole, seen)


def _commonest(sights: list[tuple[Example, Sight]]) -> int:
    """Of one family, the entry that answers most searches."""
    by: Counter[int] = Counter()
    for example, sight in sights:
        by[sight.entry] += example.searches
    return max(by, key=lambda pk: (by[pk], -pk))
