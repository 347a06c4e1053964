"""How near the meaning of entries is to a question's: what is asked of the engine's vectors.

All questions of a language have much in common for a model, and so have all texts: any two are
near, and those of two languages less so. The part that a question shares with all others is taken
off before the engine is asked, which orders better. Whether what is found answers (`answered`) is
told by the closeness: in one language the cosine with the same part taken off both sides, so that
a question unlike any that help centres are asked comes less close; in two languages the distinct
nearness, without all that is common. And no question about anything else may come nearer.
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
#: Fewer titles of a site say nothing sure.
FEWEST = 30
_HAN = re.compile(f"[{HAN}]")


def language_of(text: str) -> str:
    """ "zh" for a text with a Han character, else "en"."""
    return "zh" if _HAN.search(text) else "en"


@dataclass(frozen=True, slots=True)
class Nearest:
    """An entry near the question by its best ``part`` ("" for the title with what follows it).

    ``cosine`` is to the question's probe; ``distinct`` is without what is common to all, None
    without calibration.
    ``close``: what is held against the threshold; ``enough``: whether that answers;
    ``confidence`` as of `Gauge`.
    """

    id: int
    version: int
    part: str
    cosine: float
    distinct: float | None = None
    close: float | None = None
    enough: bool | None = None
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Threshold:
    """From where on an entry of one ``language`` ("en" or "zh") answers by meaning.

    ``questions`` are the mean vectors of questions about anything, by language, ``texts`` that of
    texts in this one. ``at`` is for the closeness to questions in this language, ``across`` for
    others; ``missing`` and ``missing_across`` are, in order, that of the site's own titles where
    their entry is left out, on either scale. ``others`` are vectors, (n, dimensions), of questions
    about anything that the site has nothing to say to.
    """

    questions: Mapping[str, Vectors]
    texts: Vectors
    language: str
    at: float
    across: float
    missing: Sequence[float] = ()
    missing_across: Sequence[float] = ()
    others: Vectors | None = None

    def gauge(self, vector: Vectors, language: str) -> Gauge:
        """How near entries are to this question, which is in ``language``."""
        same = language == self.language
        probe = vector - (SHARED if same else SHARED_ACROSS) * self.questions[language]
        length = float(probe @ probe) ** 0.5
        probe = probe / length
        rivals = same and self.others is not None and len(self.others)
        rival = float((self.others @ probe).max()) if rivals else -1.0
        return Gauge(self, same, probe, length, float(self.texts @ probe), rival)

    def level(self, language: str) -> float:
        """How close an entry must come to answer a question in ``language``."""
        return self.at if language == self.language else self.across


@dataclass(frozen=True, slots=True)
class Gauge:
    """How near entries of one language are to one question, by their cosine to its ``probe``.

    ``length`` is what the question has left of its length without what all share, ``common`` the
    cosine of the probe and what all texts share, ``rival`` that of the nearest question about
    anything else.
    """

    threshold: Threshold
    same: bool
    probe: Vectors
    length: float
    common: float
    rival: float

    def distinct(self, cosine: float) -> float:
        """The product of question and text without what is common to all."""
        return self.length * (cosine - self.common) / LEFT

    def close(self, cosine: float) -> float:
        """What is held against the threshold."""
        return cosine - SHARED * self.common if self.same else self.distinct(cosine)

    def answers(self, cosine: float) -> bool:
        """Whether an entry this near answers."""
        level = self.threshold.at if self.same else self.threshold.across
        return self.close(cosine) >= level and cosine >= self.rival

    def confidence(self, cosine: float) -> float:
        """The share (0–1) of the site's own questions that come less close when their answer is not
        there: at .5 the entry is as likely a neighbour of the answer as the answer. By few
        questions it is never sure."""
        missing = self.threshold.missing if self.same else self.threshold.missing_across
        return bisect_left(missing, self.close(cosine)) / max(len(missing), FEWEST)


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
            gauge = threshold.gauge(self.vector, self.language) if threshold else None
            vector = gauge.probe if gauge else self.vector
            for hit in engine.nearest(vector.tolist(), here, limit, self.model):
                near = Nearest(hit.id, hit.version, hit.part, hit.cosine)
                found[hit.id] = _judged(near, gauge) if gauge else near
        return found


def _judged(near: Nearest, gauge: Gauge) -> Nearest:
    return replace(
        near,
        distinct=gauge.distinct(near.cosine),
        close=gauge.close(near.cosine),
        enough=gauge.answers(near.cosine),
        confidence=gauge.confidence(near.cosine),
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
