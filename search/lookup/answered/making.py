"""Calibrates the site, language by language, and sees when that is due."""

from __future__ import annotations

import logging
import random
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from content.audience import Audience
from search.engine.protocol import Engine, Filters
from search.index import generations
from search.index.models import IndexedDocument
from search.index.vectors import embedders
from search.lookup.nearness import FEWEST
from search.meaning.protocol import EmbedderFailed

from . import kept
from .calibrating import Calibration, Nearest, Sample, calibrate
from .models import AnswerThreshold
from .references import LANGUAGES

if TYPE_CHECKING:
    from search.lookup.nearness import Threshold
    from search.meaning.protocol import Vectors

log = logging.getLogger(__name__)

#: Entries looked at in a language, chosen by chance (the same as long as the content is).
MOST = 100
#: So much of the content has changed when a calibration is due again, and so many entries at least.
CHANGED, AT_LEAST = 0.1, 20
_SEED = 5


def keep_calibrated() -> int:
    """Calibrate what is due: languages without a calibration, those whose content has changed much,
    and those of which somebody has asked it. Returns how many were calibrated."""
    state = generations.state()
    if not state.model:
        return 0
    due = [code for code, _ in settings.LANGUAGES if is_due(state.model, code)]
    return sum(calibrate_locale(state.model, locale) for locale in due)


def is_due(model: str, locale: str) -> bool:
    """Whether the language has to be calibrated (again)."""
    row = AnswerThreshold.objects.filter(model=model, locale=locale).first()
    if row is None or row.wanted or (row.at is not None and not row.others):
        return True  # the last: an earlier version of the house has made it
    entries = _entries(locale)
    changed = entries.filter(confirmed__gt=row.made).count()
    changed += max(0, row.entries - entries.count())
    return changed >= max(AT_LEAST, CHANGED * row.entries)


def calibrate_locale(model: str, locale: str) -> bool:
    """Calibrate one language and keep it; False where the embedder cannot be asked now."""
    embedder = embedders.by_model(model)
    engine = generations.opened(generations.state().name)
    if embedder is None or engine.space is None or engine.space.model != model:
        return False
    began = timezone.now()
    try:
        found = calibrate(
            list(_samples(locale)),
            language(locale),
            embedder,
            _nearest(engine, model, locale),
            alone=_is_alone(locale),
        )
    except EmbedderFailed:
        log.warning("The answers by meaning could not be calibrated", exc_info=True)
        return False
    _keep(model, locale, found, began)
    kept.forget()
    return True


def language(locale: str) -> str:
    """ "en" or "zh": both scripts of Chinese are one language."""
    return locale.partition("-")[0]


def _keep(model: str, locale: str, found: Calibration, began: datetime) -> None:
    threshold = found.threshold
    AnswerThreshold.objects.update_or_create(
        model=model,
        locale=locale,
        defaults={
            "at": threshold.at if threshold else None,
            "across": threshold.across if threshold else None,
            "centre": _centre(threshold) if threshold else b"",
            "others": _others(threshold),
            "own": _rounded(found.own),
            "missing": _rounded(found.missing),
            "missing_across": _rounded(threshold.missing_across) if threshold else [],
            "foreign": _rounded(found.foreign),
            "entries": _entries(locale).count(),
            "by_default": found.by_default,
            "made": began,
            "wanted": False,
        },
    )


def _centre(threshold: Threshold) -> bytes:
    means = [*(threshold.questions[code] for code in LANGUAGES), threshold.texts]
    return b"".join(mean.astype("<f4").tobytes() for mean in means)


def _others(threshold: Threshold | None) -> bytes:
    if threshold is None or threshold.others is None:
        return b""
    return threshold.others.astype("<f4").tobytes()


def _rounded(scores: Iterable[float]) -> list[float]:
    return [round(float(score), 4) for score in scores]


def _entries(locale: str) -> QuerySet[IndexedDocument]:
    return IndexedDocument.objects.filter(locale=locale, level=Audience.PUBLIC.level)


def _is_alone(locale: str) -> bool:
    """Whether the site has too few entries in another language to answer questions in it."""
    others = [code for code, _ in settings.LANGUAGES if language(code) != language(locale)]
    public = IndexedDocument.objects.filter(locale__in=others, level=Audience.PUBLIC.level)
    return public.count() < min(FEWEST, _entries(locale).count() / 2)


def _samples(locale: str) -> Iterator[Sample]:
    """Some entries with a title, of what everybody may read."""
    ids = list(_entries(locale).order_by("pk").values_list("pk", flat=True))
    chosen = random.Random(_SEED).sample(ids, min(MOST, len(ids)))  # noqa: S311 - a sample
    rows = IndexedDocument.objects.filter(pk__in=chosen).order_by("pk")
    return (Sample(pk, title) for pk, title in rows.values_list("pk", "title") if title)


def _nearest(engine: Engine, model: str, locale: str) -> Nearest:
    """The cosine of the public entry nearest to a vector."""

    def nearest(vector: Vectors, only: tuple[int, ...] | None, but: tuple[int, ...]) -> float:
        filters = Filters(locales=(locale,), ids=only, not_ids=but)
        hits = engine.nearest(vector.tolist(), filters, 1, model)
        return hits[0].cosine if hits else 0.0

    return nearest
