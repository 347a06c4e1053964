"""Which entries the wordings of a frequent question speak for.

People tell agents more than they ask: "Where is my order? My neighbour saw the courier." What most
of them have in common is the question. So a wording speaks for the entry that answers it by the
diagnosis's rule; and for those among its first three whose names have most of the common words.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from search.insights.diagnosis.looking import Look, content_words, names_of
from search.insights.examples import Example
from search.insights.replay import FIRST
from search.lookup.results import Hit

Looks = list[tuple[Example, Look]]
#: A word is common that so large a part of the questions has (of those in its language).
COMMON = 0.5
#: So large a part of the common words, each weighing as often as it is said, must be in the names.
TOLD = 0.6


def speaking(
    looks: Looks, wordings: Iterable[tuple[str, str, int]]
) -> Iterator[tuple[Example, dict[str, int]]]:
    """Each wording that was asked, and by family the entry that it speaks for.

    ``wordings`` are those of the whole group: text, locale and how often it was asked.
    """
    common = common_words(wordings)
    hits = {hit.id: hit for _, look in looks for hit in _first(look)}
    names = names_of(hits.values())
    for example, look in looks:
        own = _language(example.locale)
        answers = {
            hit.family: hit.id
            for hit in reversed(_first(look))
            if hit.locale.startswith(own) and _told(common[own], names[hit.id])
        }
        if look.sight:
            answers[look.sight.family] = look.sight.entry
        yield example, answers


def common_words(wordings: Iterable[tuple[str, str, int]]) -> dict[str, Counter[str]]:
    """By language the words that most have in common, with how often they were said."""
    said: dict[str, Counter[str]] = defaultdict(Counter)
    asked: Counter[str] = Counter()
    for text, locale, number in wordings:
        own = _language(locale)
        asked[own] += number
        for word in content_words(text):
            said[own][word] += number
    common: dict[str, Counter[str]] = defaultdict(Counter)
    for own, words in said.items():
        common[own] += Counter({w: n for w, n in words.items() if n >= COMMON * asked[own]})
    return common


def _first(look: Look) -> tuple[Hit, ...]:
    return (*look.asked.hits, *look.asked.perhaps)[:FIRST]


def _told(common: Counter[str], names: set[str]) -> bool:
    whole = sum(common.values())
    return bool(whole) and sum(common[word] for word in names & common.keys()) >= TOLD * whole


def _language(locale: str) -> str:
    return locale.partition("-")[0]
