"""Of which model a generation of the index keeps vectors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, QuerySet

from search.engine.protocol import VectorSpace
from search.meaning.http import HttpEmbedder
from search.meaning.protocol import Embedder

from . import embedders
from .models import EmbeddingModel, VectoredDocument

if TYPE_CHECKING:
    from ..models import IndexedDocument


def at_first() -> str:
    """The model of a site's first generation: the wanted one, where its dimensions are known."""
    embedder = embedders.wanted()
    if embedder is None:
        return ""
    if not embedder.dimensions:
        rows = EmbeddingModel.objects.filter(name=embedder.model)
        return rows.values_list("name", flat=True).first() or ""
    return row_of(embedder).name


def at_rebuild() -> str:
    """The model of a new generation: the wanted one, unless its vectors are still being made while
    those of the generation in use can still be asked for."""
    from ..models import IndexGeneration, IndexPointer

    fresh = at_first()
    names = IndexPointer.objects.values_list("name", flat=True)
    old = IndexGeneration.objects.filter(name__in=names).values_list("model", flat=True).first()
    if not old or old == fresh or embedders.by_model(old) is None or is_complete(fresh):
        return fresh
    return old


def is_complete(model: str) -> bool:
    """Whether all documents have all their vectors by this model."""
    row = EmbeddingModel.objects.filter(name=model).first() if model else None
    return row is not None and not lacking(row).exists()


def lacking(model: EmbeddingModel) -> QuerySet[IndexedDocument]:
    """The documents of which some text has no vector by this model yet, the oldest first."""
    from ..models import IndexedDocument

    have = VectoredDocument.objects.filter(model=model, entry_id=OuterRef("pk"))
    return IndexedDocument.objects.filter(~Exists(have)).order_by("confirmed", "pk")


def of_model(name: str) -> VectorSpace | None:
    """The space of a model's vectors; None without a model."""
    row = EmbeddingModel.objects.filter(name=name).first() if name else None
    return VectorSpace(row.name, row.dimensions) if row else None


def of_generation(name: str) -> VectorSpace | None:
    """The space of a generation's vectors; None where it keeps none."""
    from ..models import IndexGeneration

    model = IndexGeneration.objects.filter(name=name).values_list("model", flat=True).first()
    return of_model(model or "")


def in_use() -> list[EmbeddingModel]:
    """The models that documents carry vectors of: those of the generations there are, and the
    wanted one."""
    from ..models import IndexGeneration

    names = set(IndexGeneration.objects.exclude(model="").values_list("model", flat=True))
    if embedder := embedders.wanted():
        names.add(embedder.model)
    return list(EmbeddingModel.objects.filter(name__in=names)) if names else []


def serves(model: EmbeddingModel) -> bool:
    """Whether the generation in use keeps vectors of this model."""
    from ..models import IndexGeneration, IndexPointer

    names = IndexPointer.objects.values("name")
    return IndexGeneration.objects.filter(name__in=names, model=model.name).exists()


def askable() -> list[Embedder]:
    """The embedders whose vectors documents need and that can be asked: of the generation in use
    first, then the wanted one."""
    found = {e.model: e for m in in_use() if serves(m) and (e := embedders.by_model(m.name))}
    if embedder := embedders.wanted():
        found.setdefault(embedder.model, embedder)
    return list(found.values())


def row_of(embedder: Embedder) -> EmbeddingModel:
    """The row of an embedder's model, made where there is none; its dimensions must be known."""
    asked = embedder.endpoint.name if isinstance(embedder, HttpEmbedder) else ""
    about = {"dimensions": embedder.dimensions, "endpoint_model": asked}
    return EmbeddingModel.objects.get_or_create(name=embedder.model, defaults=about)[0]
