"""The vectors that are kept, by model and text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from content.among import Many
from search.engine.protocol import PartVector

from .models import EmbeddingModel, PassageVector
from .passages import PassageKey


def known(model: EmbeddingModel, digests: Iterable[str]) -> dict[str, bytes]:
    """The vectors that are kept of texts with these digests."""
    rows = PassageVector.objects.filter(model=model)
    if not rows.exists():
        return {}
    rows = rows.filter(digest__among=Many(set(digests)))
    return {digest: bytes(v) for digest, v in rows.values_list("digest", "vector")}


def keep(model: EmbeddingModel, vectors: Mapping[str, bytes]) -> None:
    """Keep vectors by the digests of their texts; those that are kept already stay."""
    PassageVector.objects.bulk_create(
        [PassageVector(model=model, digest=digest, vector=v) for digest, v in vectors.items()],
        ignore_conflicts=True,
        batch_size=200,
    )


@dataclass(frozen=True, slots=True)
class Attached:
    """The vectors of one entry's document by model, and the models that have all of them."""

    vectors: Mapping[str, Sequence[PartVector]]
    complete: frozenset[str]


def attached(
    passages: Mapping[int, Sequence[PassageKey]], models: Iterable[EmbeddingModel]
) -> dict[int, Attached]:
    """What is kept for each entry's passages. A part whose vector is still to be made has none; the
    others are not held up by it."""
    vectors: dict[int, dict[str, list[PartVector]]] = {entry_id: {} for entry_id in passages}
    complete: dict[int, set[str]] = {entry_id: set() for entry_id in passages}
    for model in models:
        kept = known(model, (p.digest for of_entry in passages.values() for p in of_entry))
        for entry_id, of_entry in passages.items():
            there = [p for p in of_entry if p.digest in kept]
            vectors[entry_id][model.name] = [
                PartVector(p.part, p.level, kept[p.digest]) for p in there
            ]
            if len(there) == len(of_entry):
                complete[entry_id].add(model.name)
    return {i: Attached(vectors[i], frozenset(complete[i])) for i in passages}
