"""What the one service finds for a gap's wordings now: for those who asked, and for everyone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from content.audience import Audience
from content.models import Phrasing
from search.index.tokens import analyser
from search.insights.examples import Example
from search.lookup import service
from search.lookup.results import Hit, Results

DEPTH = 20
#: By meaning: the share of the site's own questions that come less near when their answer is not
#: there. By words: the share of the question that is covered, of which half must be in its title,
#: its phrasings or the heading of its section: a long text has any words.
LIKELY, NAMED = 0.7, 0.5
#: So much surer must something be that they may not see, or not read, to go before what they may.
SURER = 0.1


@dataclass(frozen=True, slots=True)
class Sight:
    """An entry that answers a wording: ``rank`` for those who asked, 0 where they do not see it."""

    entry: int
    family: str
    locale: str
    audience: Audience
    rank: int
    certainty: float


@dataclass(frozen=True, slots=True)
class Look:
    """What a wording finds now: what answers it best, or None; and what those who asked see."""

    sight: Sight | None
    asked: Results


def looked(example: Example) -> Look:
    """Search for this wording, as those who asked and as someone who sees all. Records nothing."""
    query = service.Query(
        text=example.query,
        audience=example.audience,
        locale=example.locale,
        limit=DEPTH,
        channel="replay",
        unhurried=True,
    )
    asked = service.search(query)
    wide = service.search(replace(query, audience=Audience.INTERNAL))
    ranks = {hit.id: rank for rank, hit in enumerate(_listed(asked), 1)}
    hits = {hit.id: hit for hit in (*_listed(wide), *_listed(asked))}
    words, names = content_words(example.query), names_of(hits.values())
    sights = [
        Sight(hit.id, hit.family, hit.locale, hit.audience, ranks.get(hit.id, 0), hit.certainty)
        for hit in hits.values()
        if _answers(hit, len(words & names[hit.id]) / max(1, len(words)))
    ]
    own = example.locale.partition("-")[0]

    def worth(sight: Sight) -> float:
        readable = example.audience.sees(sight.audience) and sight.locale.startswith(own)
        return sight.certainty + (SURER if readable else 0)

    return Look(max(sights, key=worth, default=None), asked)


def _listed(results: Results) -> tuple[Hit, ...]:
    return (*results.hits, *results.perhaps)


def _answers(hit: Hit, named: float) -> bool:
    if hit.exact or hit.near:
        return True
    by_words = hit.coverage >= LIKELY and named >= NAMED
    by_meaning = hit.distinct is not None and hit.certainty > hit.coverage
    return by_words or (by_meaning and hit.certainty >= LIKELY)


def names_of(hits: Iterable[Hit]) -> dict[int, set[str]]:
    """By entry the content words of its title, its phrasings and the section at which it opens."""
    names = {hit.id: [hit.title, hit.section.title if hit.section else ""] for hit in hits}
    rows = Phrasing.objects.filter(entry_id__in=list(names))
    for entry, text in rows.values_list("entry_id", "text"):
        names[entry].append(text)
    return {pk: content_words("\n".join(texts)) for pk, texts in names.items()}


def content_words(text: str) -> set[str]:
    """Its words as the index has them, without small ones."""
    return {word.token for word in analyser().query(text).content}
