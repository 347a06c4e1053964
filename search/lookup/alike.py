"""Entries that mean nearly what another one says: related ones, and drafts written twice.

By vectors that are there already: a page that is read waits for none.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from content.audience import Audience
from content.models import Entry
from search.engine.protocol import EngineFailed, Filters, NearHit
from search.index import generations
from search.index.documents import sections_of
from search.index.models import IndexedDocument
from search.index.tokens import analyser
from search.index.vectors import cache, embedders
from search.index.vectors.models import EmbeddingModel
from search.index.vectors.passages import Passage, passages
from search.meaning.protocol import Embedder, EmbedderFailed

from . import gate
from .addresses import address

if TYPE_CHECKING:
    from search.meaning.protocol import Vectors

#: From this cosine on between two entries' beginnings, one says what the other does: of 150 English
#: help articles two have another so near, of 194 answers about one database a tenth.
SAME = 0.96
#: With so many words in common besides, less is enough.
SIMILAR, SHARED = 0.92, 0.6


@dataclass(frozen=True, slots=True)
class Alike:
    """An entry near another one; ``cosine`` is that of their beginnings."""

    id: int
    title: str
    url: str
    locale: str
    family: str
    cosine: float


@dataclass(frozen=True, slots=True)
class Duplicate:
    """An entry that says what a draft says; ``shared`` is the share (0–1) of the draft's different
    content words that the entry has too."""

    entry: Alike
    shared: float


def alike(page: Entry, audience: Audience, limit: int) -> list[Alike]:
    """The nearest entries in the page's language, without its translations; none while the page
    has no vector."""
    if embedders.wanted() is None:
        return []
    state = generations.state()
    vector = _kept_vector(page, state.model) if state.model else None
    if vector is None:
        return []
    filters = Filters(
        level=audience.level, locales=(page.locale.language_code,), not_ids=(page.pk,)
    )
    try:
        near = generations.reading(state.name).nearest(vector.tolist(), filters, limit, state.model)
    except EngineFailed:
        return []
    return _admitted(near, audience)


def duplicates(draft: Entry, audience: Audience) -> list[Duplicate]:
    """Live entries in any language that say what the draft says, for a writer of ``audience``."""
    state = generations.state()
    embedder = embedders.by_model(state.model) if state.model else None
    if embedder is None:
        return []
    everyone, fewer = sections_of([draft]).get(draft.pk, ([], []))
    first = passages(draft.title, audience.level, (), everyone, fewer)[0]
    filters = Filters(level=audience.level, not_ids=(draft.pk,))
    try:
        vector = _vector_of(first, embedder)
        near = generations.reading(state.name).nearest(vector.tolist(), filters, 5, state.model)
    except (EmbedderFailed, EngineFailed):
        return []
    close = [hit for hit in near if hit.cosine >= SIMILAR]
    texts = _words_of([hit.id for hit in close], audience)
    own = _words("\n".join([draft.title, *(text for _, _, text, _ in (*everyone, *fewer))]))
    found = []
    for entry in _admitted(close, audience):
        shared = len(own & texts.get(entry.id, frozenset())) / max(1, len(own))
        if entry.family != str(draft.translation_key) and (
            entry.cosine >= SAME or shared >= SHARED
        ):
            found.append(Duplicate(entry, shared))
    return found


def _vector_of(passage: Passage, embedder: Embedder) -> Vectors:
    """The kept vector of a passage, or a new one that is not kept: a draft's changes with each
    save."""
    import numpy as np

    row = EmbeddingModel.objects.filter(name=embedder.model).first()
    kept = cache.known(row, [passage.digest]).get(passage.digest) if row else None
    return np.frombuffer(kept, dtype="<f4") if kept else embedder.passages([passage.text])[0]


def _kept_vector(page: Entry, model: str) -> Vectors | None:
    """The vector of the title with what follows it, as it is indexed: three queries."""
    import numpy as np

    row = IndexedDocument.objects.filter(pk=page.pk).first()
    kind = EmbeddingModel.objects.filter(name=model).first()
    if row is None or kind is None:
        return None
    digest = passages(row.title, row.level, (), row.sections, row.narrow_sections)[0].digest
    kept = cache.known(kind, [digest]).get(digest)
    return np.frombuffer(kept, dtype="<f4") if kept else None


def _admitted(near: Collection[NearHit], audience: Audience) -> list[Alike]:
    """Those that the reader may see now, nearest first."""
    entries = gate.admit([hit.id for hit in near], audience) if near else {}
    of = address()
    return [
        Alike(e.id, e.title, of(e.url_path), e.locale, e.family, hit.cosine)
        for hit in near
        if (e := entries.get(hit.id))
    ]


def _words_of(ids: Collection[int], audience: Audience) -> Mapping[int, frozenset[str]]:
    """The content words of entries as the reader may read them."""
    entries = gate.admit(ids, audience) if ids else {}
    return {
        pk: _words("\n".join([e.title, *(text for _, _, text, _ in e.text.sections)]))
        for pk, e in entries.items()
    }


@lru_cache(maxsize=256)
def _words(text: str) -> frozenset[str]:
    """The different content words of a text."""
    return frozenset(word.token for word in analyser().query(text).content)
