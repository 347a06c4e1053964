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
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

import numpy as np
from django.db.models import F, Q
from django.utils import timezone

from search.meaning.protocol import Embedder, EmbedderFailed, EmbedderRefused

from .. import listeners
from ..documents import passages_now
from ..models import OutboxRow
from . import cache, progress, spaces
from .models import EmbeddingModel
from .passages import Passage

log = logging.getLogger(__name__)

#: Documents whose vectors are made in one step.
BATCH = 16
#: While more documents than these wait, they are told to the engine by so many: each time costs a
#: commit, and forgets remembered answers.
CROWD, TOLD_AT_ONCE = 100, 128
#: How long a document rests whose text the embedder refuses.
REST = timedelta(hours=1)
#: How long others leave the making to a worker that says nothing; while it is idle it looks after
#: so long whether the embedder is well.
LEASE, LOOK = timedelta(seconds=60), timedelta(seconds=60)


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
                done += self._few(embedder, row)
        progress.weigh()
        return done

    def _claimed(self, row: EmbeddingModel) -> bool:
        now = timezone.now()
        free = Q(maker=self.name) | Q(maker_until__isnull=True) | Q(maker_until__lt=now)
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
            _timed(row, lambda: embedder.queries(["?"]), 0)
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
        vectors = _timed(row, lambda: embedder.passages(list(texts.values())), len(texts))
    except EmbedderRefused:
        if len(texts) == 1:
            log.warning(
                "The embedder refuses a text; its document is found by words", exc_info=True
            )
            return set(texts)
        return {d for digest, text in texts.items() for d in _make(embedder, row, {digest: text})}
    cache.keep(row, _as_bytes(texts, vectors, row.dimensions))
    return set()


def _as_bytes(texts: Iterable[str], vectors: np.ndarray, dimensions: int) -> dict[str, bytes]:
    if vectors.shape[1] != dimensions:
        raise EmbedderFailed(
            f"The embedder's vectors have {vectors.shape[1]} numbers now, not {dimensions}."
        )
    return {d: v.astype("<f4").tobytes() for d, v in zip(texts, vectors, strict=True)}


def _timed(row: EmbeddingModel, ask, number: int):  # type: ignore[no-untyped-def]
    """What the embedder answers, with the time that it took and how it has done written down."""
    rows, began = EmbeddingModel.objects.filter(pk=row.pk), time.perf_counter()
    try:
        answer = ask()
    except EmbedderFailed as failure:
        rows.update(failure=str(failure)[:300])
        rows.filter(failing_since__isnull=True).update(failing_since=timezone.now())
        raise
    seconds = time.perf_counter() - began if number else 0.0
    rows.update(
        made=F("made") + number,
        seconds=F("seconds") + seconds,
        last_made=timezone.now(),
        failure="",
        failing_since=None,
    )
    return answer


def _row(embedder: Embedder) -> EmbeddingModel:
    """The row of its model; an endpoint says with its first answer how many numbers it gives."""
    if not embedder.dimensions:
        embedder.queries(["?"])
    return spaces.row_of(embedder.model, embedder.dimensions)
