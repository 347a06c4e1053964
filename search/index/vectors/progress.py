"""Which documents have all their vectors, and how far the making of them has come."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from django.db import transaction

from ..models import IndexedDocument, IndexGeneration, IndexPointer
from . import spaces
from .models import EmbeddingModel, VectoredDocument
from .passages import Passage, digests

#: The share of documents without vectors that makes searching by meaning a gamble.
TOO_MANY = 0.1


def note(complete: Mapping[int, Collection[str]]) -> None:
    """Write down, for entries as they are indexed now, the models by which all texts have vectors.

    In the caller's transaction.
    """
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


def weigh() -> None:
    """See whether the generation in use has vectors of enough documents to be searched by them.

    It begins when none is lacking, and ends while more than `TOO_MANY` of them are.
    """
    name = IndexPointer.objects.values_list("name", flat=True).first()
    row = IndexGeneration.objects.filter(name=name).exclude(model="").first()
    model = EmbeddingModel.objects.filter(name=row.model).first() if row else None
    if row is None or model is None:
        return
    lacking, all_of_them = spaces.lacking(model).count(), IndexedDocument.objects.count()
    enough = lacking <= TOO_MANY * all_of_them if row.by_meaning else lacking == 0
    enough = enough and not model.changed
    if enough != row.by_meaning:
        IndexGeneration.objects.filter(pk=row.pk).update(by_meaning=enough)
