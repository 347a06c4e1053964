"""Turns the parts of a text into the tokens of each engine field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from search.engine.protocol import Tokens
from search.text import Analyser, exact_key

from . import tuning

#: How often the words of titles and phrasings count among all words of a document.
TITLE_TIMES = 2
#: Characters of a text without a title that stand for one.
BEGINNING = 120


@dataclass(frozen=True, slots=True)
class Parts:
    """What a document consists of, by what it is worth; a section is (heading, text)."""

    title: str
    phrasings: Sequence[str]
    extra: Sequence[str]
    sections: Sequence[tuple[str, str]]


def analyser() -> Analyser:
    """The site's analyser, with its dictionary as in force for the caller; the same for documents
    and for questions."""
    return tuning.current().analyser


def tokens(parts: Parts, analyser: Analyser) -> Tokens:
    """Tokens of all fields. Phrasings belong to the title; keywords and headings may be typed.

    What has no title is known by its beginning.
    """
    analyse = analyser.index
    named = [text for text in (parts.title, *parts.phrasings) if text]
    sections = _once(parts.title, parts.sections)
    titles = [analyse(text) for text in named or _beginning(sections)]
    extra = [analyse(text) for text in parts.extra]
    headings = [analyse(heading) for heading, _ in sections if heading]
    texts = [analyse(text) for _, text in sections if text]
    everything = [*(titles * TITLE_TIMES if named else ()), *extra, *headings, *texts]
    return Tokens(
        title_words=[word for part in titles for word in part.words],
        words=[word for part in everything for word in part.words],
        title_grams=[gram for part in titles for gram in part.grams],
        grams=[gram for part in everything for gram in part.grams],
        prefixes=list(
            dict.fromkeys(p for part in (*titles, *extra, *headings) for p in part.prefixes)
        ),
        exact_title=[exact_key(parts.title)] if parts.title else [],
        exact_phrasing=list(dict.fromkeys(exact_key(text) for text in parts.phrasings)),
        surfaces=list(dict.fromkeys(word for part in everything for word in part.surfaces)),
    )


def _once(title: str, sections: Sequence[tuple[str, str]]) -> Sequence[tuple[str, str]]:
    """The sections without a first line that only says the title again."""
    if not title or not sections or sections[0][0]:
        return sections
    first, _, rest = sections[0][1].strip().partition("\n")
    return sections if exact_key(first) != exact_key(title) else [("", rest), *sections[1:]]


def _beginning(sections: Sequence[tuple[str, str]]) -> list[str]:
    return [text[:BEGINNING] for _, text in sections[:1] if text]
