"""How near the meaning of entries is to a question's: what is asked of the engine's vectors.

All questions of a language have much in common for a model, and so have all texts: any two are
near, and those of two languages less so. The part that a question shares with all others is taken
off before the engine is asked, which orders better. Whether what is found answers (`answered`) is
told by the distinct nearness: the cosine between question and text without what is common to all.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.conf import settings

from search.engine.protocol import Engine, Filters
from search.text.folding import HAN

if TYPE_CHECKING:
    from search.meaning.protocol import Vectors

#: How much of what all questions share is taken off a question where the entries are in its
#: language and where they are in another (docs/search.md).
SHARED, SHARED_ACROSS = 0.4, 0.7
#: What question and text have left of their lengths without what all share, multiplied, on average.
LEFT = 0.25
#: Hits that come less near than the nearest by more than this do not answer beside it.
BESIDE = 0.15
_HAN = re.compile(f"[{HAN}]")


def language_of(text: str) -> str:
    """ "zh" for a text with a Han character, else "en"."""
    return "zh" if _HAN.search(text) else "en"


@dataclass(frozen=True, slots=True)
class Nearest:
    """An entry near the question by its best ``part`` ("" for the title with what follows it).

    ``cosine`` is to the question's probe; ``distinct`` is without what is common to all, None
    without calibration.
    ``enough``: whether that answers; ``confidence`` as of `Threshold`.
    """

    id: int
    version: int
    part: str
    cosine: float
    distinct: float | None = None
    enough: bool | None = None
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Threshold:
    """From where on an entry of one ``language`` ("en" or "zh") answers by meaning.

    ``questions`` are the mean vectors of questions about anything, by language, ``texts`` that of
    texts in this one. ``at`` is for questions in this language, ``across`` for others; ``missing``
    are, in order, the scores of the site's own titles where their entry is left out.
    """

    questions: Mapping[str, Vectors]
    texts: Vectors
    language: str
    at: float
    across: float
    missing: Sequence[float] = ()

    def probe(self, vector: Vectors, language: str) -> Vectors:
        """The vector, of length 1, to look for entries by, of a question in ``language``."""
        probe = self._probe(vector, language)
        return probe / _length(probe)

    def distinct(self, vector: Vectors, language: str, cosine: float) -> float:
        """How near an entry is that has this cosine to the probe, without what is common to all."""
        probe = self._probe(vector, language)
        return (cosine * _length(probe) - float(self.texts @ probe)) / LEFT

    def level(self, language: str) -> float:
        """From where on an entry answers a question in ``language``."""
        return self.at if language == self.language else self.across

    def _probe(self, vector: Vectors, language: str) -> Vectors:
        shared = SHARED if language == self.language else SHARED_ACROSS
        return vector - shared * self.questions[language]

    def confidence(self, distinct: float) -> float:
        """The share (0–1) of the site's own questions that come less near when their answer is not
        there: at .5 the entry is as likely a neighbour of the answer as the answer."""
        return bisect_left(self.missing, distinct) / len(self.missing) if self.missing else 0.0


def _length(vector: Vectors) -> float:
    return float(vector @ vector) ** 0.5


@dataclass(frozen=True, slots=True)
class Nearness:
    """A question's vector by one model, and its language; ``thresholds`` are by locale of the
    entries."""

    vector: Vectors
    language: str
    model: str
    thresholds: Mapping[str, Threshold]

    def of(self, engine: Engine, filters: Filters, limit: int) -> dict[int, Nearest]:
        """The nearest that pass the filters, up to ``limit`` in each language."""
        locales = filters.locales or tuple(
            code for code, _ in settings.LANGUAGES if code not in filters.not_locales
        )
        found: dict[int, Nearest] = {}
        for locale in locales:
            here = replace(filters, locales=(locale,), not_locales=())
            threshold = self.thresholds.get(locale)
            vector = threshold.probe(self.vector, self.language) if threshold else self.vector
            for hit in engine.nearest(vector.tolist(), here, limit, self.model):
                near = Nearest(hit.id, hit.version, hit.part, hit.cosine)
                found[hit.id] = self._judged(near, threshold) if threshold else near
        return found

    def _judged(self, near: Nearest, threshold: Threshold) -> Nearest:
        distinct = threshold.distinct(self.vector, self.language, near.cosine)
        return replace(
            near,
            distinct=distinct,
            enough=distinct >= threshold.level(self.language),
            confidence=threshold.confidence(distinct),
        )


def beside_the_best(found: Mapping[int, Nearest]) -> dict[int, Nearest]:
    """The same, where only what comes almost as near as the nearest is near enough."""
    best = max((near.distinct for near in found.values() if near.distinct is not None), default=0.0)
    return {
        pk: replace(near, enough=False)
        if near.enough and near.distinct is not None and near.distinct < best - BESIDE
        else near
        for pk, near in found.items()
    }


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a search knows of its question's meaning: ``near``, or ``absent`` says why nothing.

    ``absent`` is "words" (asked so), "typing", "off" (no model, or vectors still being made) or
    "late"; ``took_ms`` is what the search waited for the vector.
    """

    near: Nearness | None = None
    absent: str = ""
    took_ms: float = 0.0
    #: Whether the order is by meaning alone.
    alone: bool = False

    @property
    def calibrated(self) -> bool:
        """Whether it can be told if something near enough to answer is there."""
        return self.near is not None and bool(self.near.thresholds)
