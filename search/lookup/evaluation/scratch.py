"""A judged set as a library of its own: its documents in an index that nobody else sees."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from content import markdown
from content.audience import Audience
from content.models import Confidence, Kind
from content.rendering.sections import Piece, assemble
from search.engine.protocol import (
    Engine,
    EngineDocument,
    Generations,
    PartVector,
    VectorSpace,
)
from search.index.documents import Section
from search.index.generations import State
from search.index.tokens import Parts, analyser, tokens
from search.index.vectors.passages import passages
from search.lookup.answered.calibrating import Calibration
from search.lookup.gate import LiveEntry
from search.lookup.glossary import Glossary
from search.lookup.nearness import Meaning, Nearness, language_of
from search.lookup.texts import Text
from search.meaning.protocol import Embedder
from search.meaning.queries import QueryVectors
from search.text.folding import simplify

from . import vectors
from .calibrated import calibrated
from .judged import Document
from .locales import locale_of

_AT_ONCE = 500
#: Milliseconds: what is measured is what is found.
_PATIENCE = 60_000
Progress = Callable[[int, int], None]


class JudgedLibrary:
    """Entries of a judged set; a document's id in the index is its place in the corpus.

    With an ``embedder`` they are found by meaning too; ``calibration`` says from where on that
    answers.
    """

    def __init__(
        self,
        engine: Engine,
        documents: Sequence[Document],
        locale: str,
        embedder: Embedder | None = None,
        progress: Progress = lambda done, total: None,
    ) -> None:
        self._engine, self.locale = engine, locale
        self._entries: dict[int, LiveEntry] = {}
        self.names = [document.id for document in documents]
        self.calibration: Calibration | None = None
        self._queries = QueryVectors(embedder) if embedder else None
        self._model = embedder.model if embedder else ""
        sections = [_sections(document.text) for document in documents]
        parts = _parts(documents, sections, embedder, progress) if embedder else {}
        for start in range(0, len(documents), _AT_ONCE):
            batch = range(start, min(start + _AT_ONCE, len(documents)))
            engine.write([self._add(n, documents[n], sections[n], parts.get(n, ())) for n in batch])
        if embedder:
            self.calibration = calibrated(engine, documents, locale, embedder)

    def _add(
        self,
        number: int,
        document: Document,
        sections: tuple[Section, ...],
        parts: Sequence[PartVector],
    ) -> EngineDocument:
        self._entries[number] = LiveEntry(
            id=number,
            title=document.title,
            kind=Kind.ARTICLE,
            audience=Audience.PUBLIC,
            confidence=Confidence.VALIDATED,
            locale=self.locale,
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
            locale=self.locale,
            kind=Kind.ARTICLE,
            level=Audience.PUBLIC.level,
            text=tokens(Parts(document.title, (), (), named), analyser()),
            vectors={self._model: parts} if self._model else {},
        )

    def state(self) -> State:
        """Says that changes wait, so that no answer is remembered: each query is searched for."""
        return State("scratch", "", changes_wait=True, changes=0, model=self._model)

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

    def expect(self, text: str, state: State) -> bool:
        """As a site does."""
        return self._queries is not None and self._queries.expect(simplify(text))

    def meaning(self, text: str, state: State, patience_ms: float) -> Meaning:
        """The vector, however long it takes."""
        assert self._queries is not None  # noqa: S101 - the state names a model
        started = time.perf_counter()
        vector = self._queries.vector(simplify(text), _PATIENCE)
        took = (time.perf_counter() - started) * 1000
        threshold = self.calibration.threshold if self.calibration else None
        thresholds = {self.locale: threshold} if threshold else {}
        return Meaning(Nearness(vector, language_of(text), self._model, thresholds), took_ms=took)

    def glossary(self, audience: Audience, locale: str) -> Glossary:
        """None: the set links no translations."""
        return {}

    def translated(self, ids: Collection[int], audience: Audience, locale: str) -> dict[int, int]:
        """None."""
        return {}


@contextmanager
def judged_library(
    documents: Sequence[Document],
    generations: Generations,
    embedder: Embedder | None = None,
    progress: Progress = lambda done, total: None,
) -> Iterator[JudgedLibrary]:
    """The documents in a generation that is gone afterwards; by words without ``embedder``."""
    name = f"judged-{uuid.uuid4().hex[:12]}"
    space = VectorSpace(embedder.model, embedder.dimensions) if embedder else None
    engine = generations.create(name, space)
    try:
        locale = locale_of(document.text for document in documents)
        yield JudgedLibrary(engine, documents, locale, embedder, progress)
    finally:
        engine.close()
        generations.destroy(name)


def _parts(
    documents: Sequence[Document],
    sections: Sequence[tuple[Section, ...]],
    embedder: Embedder,
    progress: Progress,
) -> dict[int, list[PartVector]]:
    level = Audience.PUBLIC.level
    texts = [
        passages(document.title, level, (), of_document, ())
        for document, of_document in zip(documents, sections, strict=True)
    ]
    folder = Path(settings.VAR_DIR) / "judged"
    return dict(enumerate(vectors.parts(embedder, texts, folder, progress)))


def _sections(text: str) -> tuple[Section, ...]:
    """As an article with this Markdown as its body has them."""
    body = assemble([Piece(markdown.render(text), Audience.PUBLIC)], Audience.PUBLIC)
    return tuple((s.anchor, s.heading, s.text, s.audience.level) for s in body.sections)
