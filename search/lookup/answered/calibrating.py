"""From where on a hit answers by its meaning, for one model and one language of articles.

What counts is the closeness (`nearness`). What is known of the model serves questions in the
language of the entries; where questions about anything else come closer to a site than that, it is
raised to the middle of both. Besides, no question about anything may come nearer than the entry,
but for those that the site seems to answer itself (`elsewhere`).

A question in another language comes less near, the nearer the more a site's entries have in common:
it must reach `ACROSS` of what a title has to the best entry but its own, in the middle of
all titles. Where the site has entries in the question's own language, others answer it only if they
come as near as those must, and nearer than questions about anything else in its language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from search.lookup.nearness import FEWEST, Threshold, language_of
from search.meaning.protocol import Embedder

from .common import embedded, references
from .elsewhere import not_answered
from .references import LANGUAGES

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

    from search.meaning.protocol import Vectors

    Scores = NDArray[float32]

#: Of the middle of what titles have to the best entry but their own: the share that answers a
#: question in another language.
ACROSS = 0.74
#: Of questions about anything else: the share that may come closer than the threshold, before it is
#: raised half way; and the same for entries of a second language.
FOREIGN, FOREIGN_ACROSS = 0.1, 0.05


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a model: the least closeness by language, the least distinct nearness of a
    question in another language, and that which counts as near in the same."""

    close: Mapping[str, float]
    across: float
    near: float


#: By a part of a model's name.
KNOWN = {"multilingual-e5-small": Known({"en": 0.505, "zh": 0.515}, 0.22, 0.3)}


@dataclass(frozen=True, slots=True)
class Sample:
    """An entry and its title."""

    id: int
    title: str


@dataclass(frozen=True, slots=True)
class Calibration:
    """A threshold and what it was found by: closeness of questions to the best entry.

    ``own``: titles to their own entries. ``missing``: titles to the best entry but their own.
    ``foreign``: questions about anything else, in the entries' language. ``threshold`` is None
    where too little is known.
    """

    threshold: Threshold | None
    own: Scores
    missing: Scores
    foreign: Scores

    @property
    def by_default(self) -> bool:
        """Whether it says only what is known of the model."""
        return len(self.missing) < FEWEST


#: The cosine of the nearest to a vector, among these entries (None: all) without those.
Nearest = Callable[["Vectors", "tuple[int, ...] | None", tuple[int, ...]], float]


def calibrate(
    samples: Sequence[Sample],
    language: str,
    embedder: Embedder,
    nearest: Nearest,
    alone: bool = True,
) -> Calibration:
    """Find the threshold for articles in "en" or "zh"; raises `EmbedderFailed`.

    ``alone`` says that the site has hardly any articles in the other language.
    """
    known = references(embedder)
    common = Threshold(known.questions, known.texts[language], language, 0.0, 0.0)

    def gauged(
        vector: Vectors,
        only: tuple[int, ...] | None = None,
        but: tuple[int, ...] = (),
        spoken: str = language,
    ) -> tuple[float, float]:
        gauge = common.gauge(vector, spoken)
        cosine = nearest(gauge.probe, only, but)
        return gauge.close(cosine), gauge.distinct(cosine)

    asked = [sample for sample in samples if language_of(sample.title) == language]
    vectors = embedded(embedder.queries, [sample.title for sample in asked]) if asked else ()
    own = _scores(gauged(v, (s.id,)) for s, v in zip(asked, vectors, strict=True))
    missing = _scores(gauged(v, None, (s.id,)) for s, v in zip(asked, vectors, strict=True))
    foreign = _scores(gauged(v) for v in known.foreign[language])
    at = level(missing[0], foreign[0], embedder.model, language)
    across = level_across(missing[1], embedder.model)
    threshold = None
    if at is not None and across is not None:
        if not alone:
            [other] = [code for code in LANGUAGES if code != language]
            elsewhere = _scores(gauged(v, spoken=other) for v in known.foreign[other])[1]
            near = as_near(foreign[1], embedder.model)
            across = max(across, near, _highest(elsewhere, FOREIGN_ACROSS))
        threshold = replace(
            common,
            at=at,
            across=across,
            missing=sorted(map(float, missing[0])),
            missing_across=sorted(map(float, missing[1])),
            others=not_answered(known, language, lambda v: gauged(v)[0]),
        )
    return Calibration(threshold, own[0], missing[0], foreign[0])


def level(missing: Scores, foreign: Scores, model: str, language: str) -> float | None:
    """The least closeness of a question in the entries' language; None by too few titles of a model
    of which nothing is known."""
    known, highest = _known(model), _highest(foreign, FOREIGN)
    if known is None:
        return highest if len(missing) >= FEWEST else None
    least = known.close[language]
    return max(least, (least + highest) / 2)


def level_across(missing: Scores, model: str) -> float | None:
    """The least distinct nearness of a question in another language; None as of `level`."""
    import numpy as np

    known = _known(model)
    if len(missing) >= FEWEST:
        return max(known.across if known else 0.0, ACROSS * float(np.median(missing)))
    return known.across if known else None


def as_near(foreign: Scores, model: str) -> float:
    """The distinct nearness that counts as near in the entries' own language."""
    known, highest = _known(model), _highest(foreign, FOREIGN_ACROSS)
    return max(known.near, (known.near + highest) / 2) if known else highest


def _known(model: str) -> Known | None:
    return next((known for name, known in KNOWN.items() if name in model), None)


def _highest(scores: Scores, share: float) -> float:
    """What all but this share of some scores stay below."""
    import numpy as np

    return float(np.quantile(scores, 1 - share)) if len(scores) else 0.0


def _scores(pairs: Iterable[tuple[float, float]]) -> tuple[Scores, Scores]:
    """Closeness and distinct nearness, each as an array."""
    import numpy as np

    both = np.array(list(pairs), dtype=np.float32).reshape(-1, 2)
    return both[:, 0], both[:, 1]
