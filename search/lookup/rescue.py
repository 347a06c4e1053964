"""What a question may have been meant to say, step by step, where it is not answered as typed.

A word that some article has is taken as it is typed. For one that none has, the steps follow one
another: a writer's synonym, another spelling, pinyin or a homophone; the first that leads to words
the site has ends it. Where all words are known and the whole is still not answered, the synonyms
of all of them are tried.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from search.engine.protocol import Vocabulary
from search.index import tuning
from search.index.tokens import analyser
from search.text import AnalysedQuery
from search.text.folding import simplify
from search.text.regional import regional
from search.text.spelling import Correction, Step

from .query import Query
from .words import corrector

SYNONYM, LANGUAGE = 0.8, 0.7
#: From what was typed to what is farthest from it.
STEPS: tuple[Step, ...] = ("synonym", "spelling", "script", "language")


def corrections(
    query: Query, text: str, analysed: AnalysedQuery, vocabulary: Vocabulary
) -> tuple[Correction, ...]:
    """What the words that nobody has may have been meant to be."""
    if meant := _known_synonyms(query, text, vocabulary):
        unknown = _unknown(analysed, vocabulary)
        meant = tuple(s for s in meant if any(_overlap(s, *place) for place in unknown))
    chinese = query.locale.startswith("zh")
    guessed = corrector(vocabulary).corrections(analysed, simplify(text).lower(), chinese)
    return (*meant, *_beside(meant, guessed))


def with_all_synonyms(
    query: Query, text: str, found: tuple[Correction, ...], vocabulary: Vocabulary
) -> tuple[Correction, ...]:
    """``found`` with the synonyms of known words too."""
    meant = _known_synonyms(query, text, vocabulary)
    return (*meant, *_beside(meant, [c for c in found if c.step != "synonym"]))


def _known_synonyms(query: Query, text: str, vocabulary: Vocabulary) -> tuple[Correction, ...]:
    return tuple(s for s in synonyms(query, text) if _is_known(s.replacement, vocabulary))


def _beside(meant: tuple[Correction, ...], guessed: Iterable[Correction]) -> Iterator[Correction]:
    """The guesses for places that no synonym helps."""
    return (g for g in guessed if not any(_overlap(s, g.start, g.end) for s in meant))


def synonyms(query: Query, text: str) -> tuple[Correction, ...]:
    """What writers say that words of the question mean, for this reader."""
    found = tuning.current().expansions(text, query.locale, query.audience.level)
    return tuple(
        Correction(e.original, e.replacement, e.start, e.end, SYNONYM, "synonym") for e in found
    )


def in_local_words(text: str, vocabulary: Vocabulary) -> str:
    """The question with Taiwan's words replaced by the mainland's where the site knows those
    better: 資料庫 finds 数据库. One script and one usage; no rescue is counted for it."""
    for start, end, word in reversed(list(regional(text))):
        if vocabulary.frequency(word) > vocabulary.frequency(simplify(text[start:end])):
            text = text[:start] + word + text[end:]
    return text


def farthest(found: Iterable[Correction]) -> str:
    """The step that went farthest from what was typed, "" where there was none."""
    return max((c.step for c in found), key=STEPS.index, default="")


def _unknown(analysed: AnalysedQuery, vocabulary: Vocabulary) -> list[tuple[int, int]]:
    """Places of content words that no article has; a single character is never one."""
    return [
        (word.start, word.end)
        for word in analysed.content
        if len(word.surface) > 1 and not vocabulary.frequency(word.surface)
    ]


def _is_known(words: str, vocabulary: Vocabulary) -> bool:
    return not _unknown(analyser().query(words), vocabulary)


def _overlap(one: Correction, start: int, end: int) -> bool:
    return one.start < end and start < one.end
