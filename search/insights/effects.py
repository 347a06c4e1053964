"""What publishing a draft would do to the most asked searches and the open gaps of its language."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Q

from content.audience import Audience
from content.models import Entry
from search.lookup.tuning.asked import Asked
from search.lookup.tuning.publishing import AsIfPublished, Effect, Moved, as_if_published
from search.lookup.tuning.reaching import may_mean_more
from search.text import group_key

from .examples import examples_of
from .metrics.questions import most_asked
from .models import UNFINISHED, Gap, GapEvidence
from .replay import ENOUGH, FIRST

TOP = 200
#: Gaps whose wordings are run, of those that the draft's words can answer, by impact.
GAPS = 400
#: Wordings of each gap: the commonest. Of a gap that the draft is written for, all.
WORDINGS, OWN_WORDINGS = 2, 50
#: Seconds from the question to the answer.
SECONDS = 2.7


@dataclass(frozen=True, slots=True)
class Answered:
    """A gap that the draft is written for: ``found`` of ``searches`` would find it among the first
    three; ``found`` is None where time was up before all were run."""

    gap: Gap
    searches: int
    found: int | None

    @property
    def enough(self) -> bool:
        """Whether the gap would close."""
        return self.found is not None and 0 < self.searches * ENOUGH <= self.found


@dataclass(frozen=True, slots=True)
class Entered:
    """A gap whose searches the draft enters, leaves or moves in; the commonest of them."""

    gap: Gap
    moved: Moved


@dataclass(frozen=True, slots=True)
class DraftEffect:
    """Of ``top`` searches and ``gaps`` open gaps those that change. ``effect`` is of all wordings
    that were run together; ``seconds`` is how long it took."""

    top: int
    gaps: int
    searches: tuple[Moved, ...]
    entered: tuple[Entered, ...]
    answered: tuple[Answered, ...]
    effect: Effect
    seconds: float


def effect_of(draft: Entry, reader: Audience) -> DraftEffect:
    """The effect of ``draft``, an entry as it was last saved, as ``reader`` may know it.

    Raises `CannotRehearse` or `EngineFailed` where there is no index that could be copied or read.
    """
    started = time.monotonic()
    seen = [audience.value for audience in reader.visible()]
    top = most_asked(draft.locale.language_code, seen, TOP)
    own = list(Gap.objects.filter(entry_id=draft.pk, state__in=UNFINISHED, joined_into=None))
    written = {gap: _wordings_of(gap, reader) for gap in own}
    keys = _open_gaps(draft.locale.language_code)
    with as_if_published(draft) as site:
        near = _nearest_gaps(site, keys, {gap.pk for gap in own})
        wordings = _wordings(near, seen)
        asked = dict.fromkeys(
            [
                *(each for examples in written.values() for each in examples),
                *_by_share(site, top),
                *(each for pk in near for each in wordings.get(pk, ())),
            ]
        )
        left = SECONDS - (time.monotonic() - started)
        effect = site.effect(list(asked), left)
    moved = {each.change.asked: each for each in effect.moved}
    return DraftEffect(
        top=len(top),
        gaps=len({first for first, _ in keys.values()}),
        searches=tuple(moved[each] for each in top if each in moved),
        entered=_entered(moved, {gap.pk: tuple(w) for gap, w in written.items()} | wordings),
        answered=tuple(_answered(gap, w, effect) for gap, w in written.items()),
        effect=effect,
        seconds=time.monotonic() - started,
    )


def _by_share(site: AsIfPublished, top: Iterable[Asked]) -> list[Asked]:
    """Those with a word of the draft first; of the others, those that may be found otherwise."""
    keys = {each: group_key(each.text) for each in top}
    shares = site.shares(keys.values())
    by_words = [each for each, key in keys.items() if shares.of(key) or may_mean_more(each)]
    if not site.by_meaning:
        return by_words
    return list(dict.fromkeys([*by_words, *keys]))


def _open_gaps(locale: str) -> dict[int, tuple[int, str]]:
    """(The gap in the queue, key) of each gap's own words, by impact."""
    waiting = Q(state__in=UNFINISHED, joined_into=None) | Q(joined_into__state__in=UNFINISHED)
    rows = Gap.objects.filter(waiting, language=locale.partition("-")[0])
    found = rows.order_by("-people_a_week", "-intents", "pk")
    return {
        pk: (first or pk, key) for pk, first, key in found.values_list("pk", "joined_into", "key")
    }


def _nearest_gaps(
    site: AsIfPublished, keys: Mapping[int, tuple[int, str]], own: set[int]
) -> list[int]:
    """The gaps of which the draft covers enough to answer; with meaning, some others after them."""
    shares = site.shares(key for _, key in keys.values())
    enough = settings.SEARCH_ANSWERED_AT
    covered = [first for first, key in keys.values() if shares.of(key) >= enough]
    others = [first for first, _ in keys.values()] if site.by_meaning else []
    return [pk for pk in dict.fromkeys([*covered, *others]) if pk not in own][:GAPS]


def _wordings_of(gap: Gap, reader: Audience) -> dict[Asked, int]:
    """All wordings of a gap with their searches."""
    return {
        Asked(e.query, e.locale, e.audience, e.searches, e.searches): e.searches
        for e in examples_of(gap, OWN_WORDINGS)
        if reader.sees(e.audience)
    }


def _wordings(gaps: list[int], audiences: list[str]) -> dict[int, tuple[Asked, ...]]:
    """The commonest wordings of some gaps: one query."""
    rows = (
        GapEvidence.objects.filter(gap_id__in=gaps, audience__in=audiences)
        .values("gap_id", "query", "locale", "audience")
        .annotate(number=Count("query_id", distinct=True))
        .order_by("gap_id", "-number", "query")
    )
    found: dict[int, list[Asked]] = defaultdict(list)
    for row in rows:
        if len(found[row["gap_id"]]) < WORDINGS:
            number, audience = row["number"], Audience(row["audience"])
            found[row["gap_id"]].append(
                Asked(row["query"], row["locale"], audience, number, number)
            )
    return {pk: tuple(each) for pk, each in found.items()}


def _entered(
    moved: Mapping[Asked, Moved], wordings: Mapping[int, tuple[Asked, ...]]
) -> tuple[Entered, ...]:
    first = {
        pk: next((moved[each] for each in several if each in moved), None)
        for pk, several in wordings.items()
    }
    touched = [pk for pk, each in first.items() if each]
    gaps = Gap.objects.in_bulk(touched)
    return tuple(Entered(gaps[pk], each) for pk in touched if (each := first[pk]))


def _answered(gap: Gap, wordings: Mapping[Asked, int], effect: Effect) -> Answered:
    places = [(effect.places.get(each), number) for each, number in wordings.items()]
    searches = sum(wordings.values())
    if any(place is None for place, _ in places):
        return Answered(gap, searches, None)
    return Answered(gap, searches, sum(n for place, n in places if 0 < (place or 0) <= FIRST))
