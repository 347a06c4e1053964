"""Makes the vectors that documents lack, in the background: the oldest wait first, a few at a time.

What is made is kept at once, so that a kill loses one batch at most. Documents of the generation in
use are then promised to the engine again, which gets them with their vectors; for a model that is
wanted and not in use yet, only the cache is filled: upkeep builds a generation with it in the end.
"""

from __future__ import annotations

import logging
import os
import secrets
import socket
import time
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
from django.db.models import F, Q
from django.utils import timezone

from search.meaning.protocol import Embedder, EmbedderFailed, EmbedderRefused

from .. import generations, listeners
from ..documents import passages_now
from ..models import OutboxRow
from . import cache, progress, spaces
from .models import EmbeddingModel
from .passages import Passage

if TYPE_CHECKING:
    from search.meaning.protocol import Vectors

log = logging.getLogger(__name__)

#: Documents whose vectors are made in one step.
BATCH = 16
#: While many documents wait, those that are made are told to the engine by so many: each time costs
#: a commit, and has answers forgotten.
TOLD_AT_ONCE = 32
#: How long a document rests whose text the embedder refuses.
REST = timedelta(hours=1)
#: How long others leave a step to a worker that does not end it; and how long nothing is made
#: before a step looks whether the embedder is well.
LEASE, LOOK = timedelta(seconds=60), timedelta(seconds=60)
#: A text of which the same model always makes the same, and the cosine that counts as the same.
SAMPLE = "Where is my order, and when will it arrive? 我的订单在哪里，什么时候送到？"
SAME = 0.98


class Maker:
    """One worker's making of vectors; `step` is called again and again."""

    def __init__(self) -> None:
        self.name = f"{socket.gethostname()[:40]}-{os.getpid()}-{secrets.token_hex(3)}"
        self._resting: dict[int, float] = {}
        self._untold: set[int] = set()

    def step(self) -> int:
        """Make the vectors of a few documents; returns how many have been seen to.

        Raises `EmbedderFailed` where the embedder fails; that is written down, and tried again.
        """
        done = 0
        for embedder in spaces.askable():
            row = _row(embedder)
            if self._claimed(row):
                try:
                    done += self._few(embedder, row)
                finally:
                    EmbeddingModel.objects.filter(pk=row.pk, maker=self.name).update(maker="")
        progress.weigh(refused=len(self._resting))
        return done

    def _claimed(self, row: EmbeddingModel) -> bool:
        now = timezone.now()
        free = Q(maker="") | Q(maker_until__lt=now)
        rows = EmbeddingModel.objects.filter(free, pk=row.pk)
        return bool(rows.update(maker=self.name, maker_until=now + LEASE))

    def _few(self, embedder: Embedder, row: EmbeddingModel) -> int:
        serves = spaces.serves(row)
        lacking = spaces.lacking(row)
        if serves:
            lacking = lacking.exclude(pk__in=OutboxRow.objects.values("entry_id"))
        now = time.monotonic()
        self._resting = {i: until for i, until in self._resting.items() if until > now}
        skipped = {*self._resting, *self._untold}
        ids = list(lacking.exclude(pk__in=skipped).values_list("pk", flat=True)[: BATCH + 1])
        if ids:
            passages = passages_now(ids[:BATCH])
            made = self._made(embedder, row, passages)
            if serves:
                self._untold |= made
            else:
                progress.mark(row, {i: passages[i] for i in made})
        if serves:
            self._tell(crowd=len(ids) > BATCH)
        if not ids and (row.last_made is None or timezone.now() - row.last_made > LOOK):
            _timed(embedder, row, [])
        if serves and not ids:
            generations.current().tend()
        return len(ids)

    def _tell(self, *, crowd: bool) -> None:
        """Have the engine hear of documents that have their vectors now."""
        if self._untold and (not crowd or len(self._untold) >= TOLD_AT_ONCE):
            listeners.promise(self._untold)
            self._untold = set()

    def _made(
        self, embedder: Embedder, row: EmbeddingModel, passages: Mapping[int, Sequence[Passage]]
    ) -> set[int]:
        """The entries all of whose passages have vectors now; what is refused rests."""
        texts = {p.digest: p.text for of_entry in passages.values() for p in of_entry}
        missing = sorted(texts.keys() - cache.known(row, texts).keys())
        refused = _make(embedder, row, {digest: texts[digest] for digest in missing})
        ill = {i for i, of_entry in passages.items() if any(p.digest in refused for p in of_entry)}
        self._resting.update(dict.fromkeys(ill, time.monotonic() + REST.total_seconds()))
        return passages.keys() - ill


def make_all() -> int:
    """Make all vectors that are lacking and can be made now; returns the number of documents."""
    maker, total = Maker(), 0
    while done := maker.step():
        total += done
    return total


def _make(embedder: Embedder, row: EmbeddingModel, texts: Mapping[str, str]) -> set[str]:
    """Make and keep the vectors of texts by digest; returns the digests that are refused."""
    if not texts:
        return set()
    try:
        vectors = _timed(embedder, row, list(texts.values()))
    except EmbedderRefused:
        if len(texts) == 1:
            log.warning("The embedder refuses a text, which is found by words", exc_info=True)
            return set(texts)
        return {d for digest, text in texts.items() for d in _make(embedder, row, {digest: text})}
    made = (vector.astype("<f4").tobytes() for vector in vectors)
    cache.keep(row, dict(zip(texts, made, strict=True)))
    return set()


def _timed(embedder: Embedder, row: EmbeddingModel, texts: Sequence[str]) -> Vectors:
    """The vectors of texts. How the embedder has done is written down, and whether it still makes
    of the sample what it made of it before."""
    rows, began = EmbeddingModel.objects.filter(pk=row.pk), time.perf_counter()
    try:
        *vectors, sample = embedder.passages([*texts, SAMPLE])
        _compare(row, sample)
    except EmbedderFailed as failure:
        rows.update(failure=str(failure)[:300], changed=isinstance(failure, _Changed))
        rows.filter(failing_since__isnull=True).update(failing_since=timezone.now())
        raise
    rows.update(
        made=F("made") + len(texts),
        seconds=F("seconds") + (time.perf_counter() - began if texts else 0.0),
        last_made=timezone.now(),
        failure="",
        failing_since=None,
        changed=False,
    )
    return np.array(vectors)


def _compare(row: EmbeddingModel, sample: Vectors) -> None:
    if sample.shape != (row.dimensions,):
        raise EmbedderFailed(
            f"The embedder's vectors have {len(sample)} numbers now, not {row.dimensions}."
        )
    if not row.sample:
        row.sample = sample.astype("<f4").tobytes()
        row.save(update_fields=["sample"])
    elif float(np.frombuffer(row.sample, dtype="<f4") @ sample) < SAME:
        raise _Changed(
            "The embedder makes other vectors than it did before: another model answers under the "
            "same name. Give it another name (EMBEDDINGS_MODEL)."
        )


class _Changed(EmbedderFailed):
    """Another model answers."""


def _row(embedder: Embedder) -> EmbeddingModel:
    """The row of its model; an endpoint says with its first answer how many numbers it gives, and
    is known by it from then on."""
    if embedder.dimensions:
        return spaces.row_of(embedder)
    sample = embedder.passages([SAMPLE])[0]
    row = spaces.row_of(embedder)
    if not row.sample:
        _compare(row, sample)
    return row
