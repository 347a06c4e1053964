"""How near the meaning of entries is to a question's: what is asked of the engine's vectors.

The cosine orders. Whether it is near enough to answer is another question (`answered`): a site's
own articles come near any question in their language, so what counts is the cosine less half of
what this question has to questions about anything else.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.conf import settings

from search.engine.protocol import Engine, Filters

if TYPE_CHECKING:
    from search.meaning.protocol import Vectors

#: What of the mean cosine to other questions is taken off.
HALF = 0.5


@dataclass(frozen=True, slots=True)
class Nearest:
    """An entry near the question by its best ``part`` ("" for the title with what follows it).

    ``distinct`` is the cosine less what the question has with any other, None without calibration.
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
    """From where on an entry of one language answers by meaning.

    ``centre`` is the mean vector of questions about anything else in that language, not of length
    1; ``missing`` are, in order, the scores of the site's own questions where their answer is left
    out.
    """

    centre: Vectors
    at: float
    missing: Sequence[float] = ()

    def distinct(self, vector: Vectors, cosine: float) -> float:
        """The cosine less what the question has with any other."""
        return cosine - HALF * float(self.centre @ vector)

    def confidence(self, distinct: float) -> float:
        """The share (0–1) of the site's own questions that come less near when their answer is not
        there: at .5 the entry is as likely a neighbour of the answer as the answer."""
        return bisect_left(self.missing, distinct) / len(self.missing) if self.missing else 0.0


@dataclass(frozen=True, slots=True)
class Nearness:
    """A question's vector by one model; ``thresholds`` are by locale of the entries."""

    vector: Vectors
    model: str
    thresholds: Mapping[str, Threshold]

    def of(self, engine: Engine, filters: Filters, limit: int) -> dict[int, Nearest]:
        """The nearest that pass the filters, up to ``limit`` in each language."""
        locales = filters.locales or tuple(
            code for code, _ in settings.LANGUAGES if code not in filters.not_locales
        )
        vector = self.vector.tolist()
        found: dict[int, Nearest] = {}
        for locale in locales:
            here = replace(filters, locales=(locale,), not_locales=())
            threshold = self.thresholds.get(locale)
            for hit in engine.nearest(vector, here, limit, self.model):
                near = Nearest(hit.id, hit.version, hit.part, hit.cosine)
                found[hit.id] = self._judged(near, threshold) if threshold else near
        return found

    def _judged(self, near: Nearest, threshold: Threshold) -> Nearest:
        distinct = threshold.distinct(self.vector, near.cosine)
        return replace(
            near,
            distinct=distinct,
            enough=distinct >= threshold.at,
            confidence=threshold.confidence(distinct),
        )


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
