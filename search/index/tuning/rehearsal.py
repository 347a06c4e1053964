"""A copy of the index in which a change has been made already, for as long as one looks."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction

from content.models import Phrasing
from search.engine.embedded import EmbeddedEngine
from search.engine.embedded_generations import EmbeddedGenerations
from search.engine.fields import surface
from search.engine.layout import SURFACES, texts
from search.engine.protocol import Engine, EngineDocument, EngineFailed, Vocabulary
from search.engine.vocabulary import WiderVocabulary

from .. import generations, standby
from ..documents import build
from ..models import IndexedDocument
from .current import trying
from .rules import Tuning

#: More articles take too long to wait for.
MOST = 400
_FOLDER = "rehearsals"


class CannotRehearse(Exception):
    """Too many articles are concerned, or there is no index here that could be copied."""


def retold(tuning: Tuning, entries: Collection[int]) -> list[EngineDocument]:
    """The documents of ``entries`` as ``tuning`` has them; raises `CannotRehearse`."""
    if len(entries) > MOST:
        raise CannotRehearse
    with trying(tuning):
        return [built.document for built in build(_versions(entries))]


def rephrased(entry: int, text: str, *, agents_only: bool) -> list[EngineDocument]:
    """The document of ``entry`` with one phrasing more, which is nowhere kept."""
    with transaction.atomic():
        Phrasing.objects.bulk_create(
            [Phrasing(entry_id=entry, text=text, agents_only=agents_only, sort_order=10_000)]
        )
        documents = [built.document for built in build(_versions([entry]))]
        transaction.set_rollback(True)
    return documents


def _versions(entries: Collection[int]) -> dict[int, int]:
    return dict(IndexedDocument.objects.filter(pk__in=entries).values_list("pk", "version"))


def _source() -> EmbeddedEngine:
    """The index in use, or this node's copy of one that lies elsewhere."""
    current = generations.current()
    if isinstance(current, EmbeddedEngine):
        return current
    try:
        return standby.engine()
    except EngineFailed as error:
        raise CannotRehearse from error


class _Rehearsing(EmbeddedEngine):
    """A copy with some documents changed: its words are the source's and theirs. To gather all of
    them anew takes longer than what is tried."""

    def __init__(
        self, folder: Path, source: EmbeddedEngine, documents: Sequence[EngineDocument]
    ) -> None:
        super().__init__(folder)
        self._source = source
        self._new: dict[str, set[str]] = defaultdict(set)
        for found in map(texts, documents):
            for name in SURFACES:
                self._new[name].update(found.get(name, ()))
        self._wider: dict[int, Vocabulary] = {}

    def vocabulary(self, level: int) -> Vocabulary:
        """Return the words a reader of `level` may see."""
        if level not in self._wider:
            more = set().union(*(self._new[surface(lower)] for lower in range(level + 1)))
            known = self._source.vocabulary(level)
            self._wider[level] = WiderVocabulary(known, more, partial(self._frequency, level))
        self._searcher()
        return self._wider[level]


@contextmanager
def rehearsed(documents: Sequence[EngineDocument]) -> Iterator[Engine]:
    """A copy of the index in use with ``documents`` in place of theirs; gone afterwards.

    The copy shares its files with the original. Raises `CannotRehearse`.
    """
    source = _source()
    place = EmbeddedGenerations(Path(settings.INDEX_DIR) / _FOLDER)
    name = uuid.uuid4().hex
    try:
        place.copy(source, name).close()
        engine = _Rehearsing(place.folder / name, source, documents)
        engine.write(documents)
        yield engine
        engine.close()
    finally:
        place.destroy(name)
