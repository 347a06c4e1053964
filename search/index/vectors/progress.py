"""Which documents have all their vectors, and how far the making of them has come."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from ..models import IndexedDocument, IndexGeneration, IndexPointer
from . import embedders, spaces
from .models import EmbeddingModel, VectoredDocument
from .passages import Passage, digests

#: The share of documents without vectors that makes searching by meaning a gamble.
TOO_MANY, A_FEW = 0.1, 10


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the vectors of one model are made. `serving`: the generation in use keeps them;
    `by_meaning`: and is searched by them."""

    model: str
    serving: bool
    by_meaning: bool
    wanted: bool
    documents: int
    lacking: int
    vectors: int
    #: Texts a second, on average; 0 where nothing was made yet.
    speed: float
    failure: str
    failing_since: datetime | None
    failing: bool

    @property
    def done(self) -> int:
        """Documents that have all their vectors."""
        return self.documents - self.lacking

    @property
    def minutes_left(self) -> int | None:
        """How long what is lacking will take, rounded up; None where that cannot be foretold."""
        if not self.lacking or not self.done or not self.speed:
            return None
        return math.ceil(self.lacking * self.vectors / self.done / self.speed / 60)


def now() -> Progress | None:
    """How far the wanted model's vectors are made; None where no embedder is wanted."""
    return next((each for each in of_all() if each.wanted), None)


def of_all() -> list[Progress]:
    """How far the vectors of each model in use are made: the one that serves first."""
    embedder = embedders.wanted()
    if embedder is None:
        return []
    name = IndexPointer.objects.values_list("name", flat=True).first()
    serving = IndexGeneration.objects.filter(name=name).first()
    found = [_of(row, serving, embedder.model) for row in spaces.in_use()]
    return sorted(found, key=lambda each: (not each.serving, not each.wanted, each.model))


def _of(row: EmbeddingModel, serving: IndexGeneration | None, wanted: str) -> Progress:
    serves = serving is not None and serving.model == row.name
    return Progress(
        model=row.name,
        serving=serves,
        by_meaning=serves and serving is not None and serving.by_meaning,
        wanted=row.name == wanted,
        documents=IndexedDocument.objects.count(),
        lacking=spaces.lacking(row).count(),
        vectors=row.vectors.count(),
        speed=row.made / row.seconds if row.seconds else 0.0,
        failure=row.failure,
        failing_since=row.failing_since,
        failing=row.failing_since is not None or embedders.is_spared(row.name),
    )


def note(complete: Mapping[int, Collection[str]]) -> None:
    """Write down, for entries as they are indexed now, the models by which all texts have vectors.

    In the caller's transaction.
    """
    if not complete:
        return
    rows = {model.name: model.pk for model in EmbeddingModel.objects.all()}
    if not rows:
        return
    VectoredDocument.objects.filter(entry_id__in=list(complete)).delete()
    VectoredDocument.objects.bulk_create(
        [
            VectoredDocument(entry_id=entry_id, model_id=rows[name])
            for entry_id, names in complete.items()
            for name in names
            if name in rows
        ],
        ignore_conflicts=True,
        batch_size=500,
    )


def forget(ids: Collection[int]) -> None:
    """Nothing is known of these entries any more: they have left the index."""
    VectoredDocument.objects.filter(entry_id__in=list(ids)).delete()


def mark(model: EmbeddingModel, passages: Mapping[int, Iterable[Passage]]) -> None:
    """Write down that these texts of entries have vectors, unless others are indexed meanwhile."""
    with transaction.atomic():
        rows = IndexedDocument.objects.select_for_update().filter(pk__in=list(passages))
        found = {row.pk: row for row in rows.only("pk", "passages")}
        for pk, row in found.items():
            if not row.passages:  # as an earlier version of the house has left it
                row.passages = digests(passages[pk])
        IndexedDocument.objects.bulk_update(found.values(), ["passages"], batch_size=100)
        VectoredDocument.objects.bulk_create(
            [
                VectoredDocument(entry_id=pk, model=model)
                for pk, row in found.items()
                if row.passages == digests(passages[pk])
            ],
            ignore_conflicts=True,
        )


def weigh(refused: int = 0) -> None:
    """See whether the generation in use has vectors of enough documents to be searched by them.

    It begins when none is lacking but what the embedder refuses, and ends while more of them are
    than `TOO_MANY` and `A_FEW`.
    """
    name = IndexPointer.objects.values_list("name", flat=True).first()
    row = IndexGeneration.objects.filter(name=name).exclude(model="").first()
    model = EmbeddingModel.objects.filter(name=row.model).first() if row else None
    if row is None or model is None:
        return
    lacking, all_of_them = spaces.lacking(model).count(), IndexedDocument.objects.count()
    most = max(A_FEW, TOO_MANY * all_of_them) if row.by_meaning else refused
    enough = lacking <= most and not model.changed
    if enough != row.by_meaning:
        IndexGeneration.objects.filter(pk=row.pk).update(by_meaning=enough)
