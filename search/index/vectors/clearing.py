"""Lets go of vectors that nothing has a use for any more."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from ..models import IndexedDocument
from . import spaces
from .models import EmbeddingModel, PassageVector

#: A text may come back: an article that is taken offline and put online again.
KEPT_TEXTS = timedelta(days=7)
#: So may a model: an endpoint that is away, a setting that is taken back.
KEPT_MODELS = timedelta(days=30)
_AT_ONCE = 500


def clear_unused() -> int:
    """Delete vectors of texts that no document has, and of models that are of no use; returns how
    many vectors."""
    before = PassageVector.objects.count()
    now = timezone.now()
    used = {model.pk for model in spaces.in_use()}
    for model in EmbeddingModel.objects.exclude(pk__in=used):
        if model.last_made is None or now - model.last_made > KEPT_MODELS:
            model.delete()
    present = {
        digest
        for digests in IndexedDocument.objects.values_list("passages", flat=True).iterator()
        for digest in digests
    }
    old = PassageVector.objects.filter(made__lt=now - KEPT_TEXTS).values_list("pk", "digest")
    unused = [pk for pk, digest in old.iterator() if digest not in present]
    for start in range(0, len(unused), _AT_ONCE):
        PassageVector.objects.filter(pk__in=unused[start : start + _AT_ONCE]).delete()
    return before - PassageVector.objects.count()
