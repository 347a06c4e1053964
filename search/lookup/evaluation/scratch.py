"""A judged set as a library of its own: its documents in an index that nobody else sees."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from content import markdown
from content.audience import Audience
from content.models import Confidence, Kind
from content.rendering.sections import Piece, assemble
from search.engine.protocol import Engine, EngineDocument, Generations
from search.index.documents import Section
from search.index.generations import State
from search.index.tokens import Parts, tokens
from search.lookup.gate import LiveEntry
from search.lookup.glossary import Glossary
from search.lookup.texts import Text

from .judged import Document
from .locales import locale_of

_AT_ONCE = 500
#: Says that changes wait, so that no answer is remembered: each query is to be searched for.
_STATE = State("scratch", "", changes_wait=True, changes=0)


class JudgedLibrary:
    """Entries of a judged set; a document's id in the index is its place in the corpus."""

    def __init__(self, engine: Engine, documents: Sequence[Document], locale: str) -> None:
        self._engine = engine
        self._entries: dict[int, LiveEntry] = {}
        self.names = [document.id for document in documents]
        for start in range(0, len(documents), _AT_ONCE):
            batch = range(start, min(start + _AT_ONCE, len(documents)))
            engine.write([self._add(number, documents[number], locale) for number in batch])

    def _add(self, number: int, document: Document, locale: str) -> EngineDocument:
        sections = _sections(document.text)
        self._entries[number] = LiveEntry(
            id=number,
            title=document.title,
            kind=Kind.ARTICLE,
            audience=Audience.PUBLIC,
            confidence=Confidence.VALIDATED,
            locale=locale,
            family=document.id,
            path="",
            url_path="",
            updated=None,
            verified=None,
            verify_by=None,
            revision=None,
            text=Text(sections),
        )
        named = [(heading, text) for _, heading, text, _ in sections]
        return EngineDocument(
            id=number,
            version=1,
            family=str(number),
            locale=locale,
            kind=Kind.ARTICLE,
            level=Audience.PUBLIC.level,
            text=tokens(Parts(document.title, phrasings=(), extra=(), sections=named)),
        )

    def state(self) -> State:
        """Always the same."""
        return _STATE

    def engine(self, state: State) -> Engine:
        """The scratch index."""
        return self._engine

    def hidden(self, audience: Audience) -> list[int]:
        """Nothing: a judged set is for all."""
        return []

    def standby(self) -> None:
        """A scratch index has none."""
        return

    def content_time(self) -> None:
        """A judged set does not change."""
        return

    def admit(self, ids: Collection[int], audience: Audience) -> Mapping[int, LiveEntry]:
        """All of them."""
        return {id_: self._entries[id_] for id_ in ids}

    def glossary(self, audience: Audience, locale: str) -> Glossary:
        """None: the set links no translations."""
        return {}

    def translated(self, ids: Iterable[int], audience: Audience, locale: str) -> dict[int, int]:
        """None."""
        return {}


@contextmanager
def judged_library(
    documents: Sequence[Document], generations: Generations
) -> Iterator[JudgedLibrary]:
    """The documents in a new generation, which is gone afterwards."""
    name = f"judged-{uuid.uuid4().hex[:12]}"
    engine = generations.create(name)
    try:
        locale = locale_of(document.text for document in documents)
        yield JudgedLibrary(engine, documents, locale)
    finally:
        engine.close()
        generations.destroy(name)


def _sections(text: str) -> tuple[Section, ...]:
    """As an article with this Markdown as its body has them."""
    body = assemble([Piece(markdown.render(text), Audience.PUBLIC)], Audience.PUBLIC)
    return tuple((s.anchor, s.heading, s.text, s.audience.level) for s in body.sections)
