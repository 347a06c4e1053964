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
    """What a wording finds now: what answers it best, or None; and what those who asked see, of
    which ``hits`` come first and end with the last that answers."""

    sight: Sight | None
    hits: tuple[Hit, ...]
    answered: bool


def looked(example: Example) -> Look:
    """Search for this wording, as those who asked and as someone who sees all. Records nothing."""
    query = service.Query(
        text=example.query,
        audience=example.audience,
        locale=example.locale,
        limit=DEPTH,
        channel="replay",
    )
    asked = service.search(query)
    wide = service.search(replace(query, audience=Audience.INTERNAL))
    ranks = {hit.id: rank for rank, hit in enumerate(_listed(asked), 1)}
    hits = {hit.id: hit for hit in (*_listed(wide), *_listed(asked))}
    named = _named(example.query, hits.values())
    sights = [
        Sight(hit.id, hit.family, hit.locale, hit.audience, ranks.get(hit.id, 0), hit.certainty)
        for hit in hits.values()
        if _answers(hit, named[hit.id])
    ]
    own = example.locale.partition("-")[0]

    def worth(sight: Sight) -> float:
        readable = example.audience.sees(sight.audience) and sight.locale.startswith(own)
        return sight.certainty + (SURER if readable else 0)

    return Look(max(sights, key=worth, default=None), asked.hits, asked.answered)


def _listed(results: Results) -> tuple[Hit, ...]:
    return (*results.hits, *results.perhaps)


def _answers(hit: Hit, named: float) -> bool:
    if hit.exact or hit.near:
        return True
    by_words = hit.coverage >= LIKELY and named >= NAMED
    by_meaning = hit.distinct is not None and hit.certainty > hit.coverage
    return by_words or (by_meaning and hit.certainty >= LIKELY)


def _named(question: str, hits: Iterable[Hit]) -> dict[int, float]:
    """The share (0–1) of the question's content words that stand in the names of each entry."""
    hits = list(hits)
    names = {hit.id: [hit.title, hit.section.title if hit.section else ""] for hit in hits}
    rows = Phrasing.objects.filter(entry_id__in=list(names))
    for entry, text in rows.values_list("entry_id", "text"):
        names[entry].append(text)
    asked = _words(question)
    return {
        pk: len(asked & _words("\n".join(texts))) / max(1, len(asked))
        for pk, texts in names.items()
    }


def _words(text: str) -> set[str]:
    return {word.token for word in analyser().query(text).content}
