"""The vectors of gaps' own wordings: each made once by each model, and kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from search.insights.answers import without_placeholders
from search.insights.models import Gap, GapEvidence
from search.meaning.protocol import Embedder
from search.text.folding import simplify

from .models import GapVector

if TYPE_CHECKING:
    from search.meaning.protocol import Vectors

#: Wordings of which vectors are asked for at a time, and at most in one run of the worker.
BATCH, MOST = 16, 1_000
_READ = 5_000


def make(embedder: Embedder, gaps: Sequence[Gap]) -> int:
    """Make those that are missing, up to `MOST`; returns how many. Raises `EmbedderFailed`."""
    kept = GapVector.objects.filter(model=embedder.model)
    have = set(kept.values_list("gap_id", flat=True).iterator(_READ))
    missing = [gap for gap in gaps if gap.pk not in have][:MOST]
    wordings = own_wordings(missing)
    for start in range(0, len(missing), BATCH):
        batch = missing[start : start + BATCH]
        vectors = embedder.queries([simplify(_asked(wordings[gap.pk])) for gap in batch])
        GapVector.objects.bulk_create(
            [
                GapVector(gap=gap, model=embedder.model, vector=vector.astype("<f4").tobytes())
                for gap, vector in zip(batch, vectors, strict=True)
            ],
            ignore_conflicts=True,
        )
    return len(missing)


def kept(embedder: Embedder, gaps: Sequence[Gap]) -> tuple[list[Gap], Vectors]:
    """The gaps that have one, in their order, and their (n, dimensions) vectors."""
    rows = GapVector.objects.filter(model=embedder.model).values_list("gap_id", "vector")
    found = {pk: bytes(vector) for pk, vector in rows.iterator(_READ)}
    there = [gap for gap in gaps if gap.pk in found]
    joined = b"".join(found[gap.pk] for gap in there)
    return there, np.frombuffer(joined, "<f4").reshape(len(there), -1 if there else 0)


def own_wordings(gaps: Sequence[Gap]) -> dict[int, str]:
    """What each was asked with in its own words: of a gap with others joined into it, not the
    commonest of all its wordings."""
    wordings = {gap.pk: gap.question for gap in gaps}
    own = GapEvidence.objects.filter(gap__in=_leading(gaps), own=None).order_by("created", "pk")
    wordings.update(own.values_list("gap_id", "query"))
    return wordings


def _leading(gaps: Sequence[Gap]) -> set[int]:
    """Those into which others are joined; asked by the others, of whom there are few."""
    wanted = {gap.pk for gap in gaps}
    rows = Gap.objects.filter(joined_into__isnull=False).values_list("joined_into", flat=True)
    return wanted & set(rows.distinct())


def _asked(question: str) -> str:
    """Without what redaction has put in; a question of nothing else stays."""
    return without_placeholders(question) or question
