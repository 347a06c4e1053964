"""From where on a hit answers by its meaning, for one model and one language of articles.

What counts is the distinct nearness (`nearness`): the cosine less half of the mean cosine that the
question has to questions about anything else. So how long a question is, and how near this model
finds all texts of a language to each other, weigh little.

The threshold is where `REFUSED` of the site's own titles would not be near enough to the texts
below them, and never below what is known of the model. A title stands in for a question whose words
are not in the article; a real one meets titles and phrasings too, so fewer are refused. Few titles
say little: `PRIOR` of them weigh as much as what is known of the model.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from search.lookup.nearness import Threshold
from search.meaning.protocol import Embedder
from search.text.folding import simplify

from .references import references

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

    from search.meaning.protocol import Vectors

    Scores = NDArray[float32]

#: The share of titles whose own text is refused.
REFUSED = 0.1
#: What is known of models, by a part of their name, and how many titles that knowledge weighs.
DEFAULTS = {"multilingual-e5-small": 0.46}
PRIOR = 50
#: Fewer titles say nothing at all of a model of which nothing is known.
FEWEST = 30
_AT_ONCE = 32


@dataclass(frozen=True, slots=True)
class Sample:
    """An article with a question that it answers, and its text without that question."""

    id: int
    question: str
    text: str


@dataclass(frozen=True, slots=True)
class Calibration:
    """A threshold and what it was found by: distinct nearness of questions to the best entry.

    ``own``: titles to their own texts. ``missing``: titles to the best entry but their own.
    ``foreign``: questions about anything else, in both languages. ``at`` is None where too little
    is known.
    """

    at: float | None
    centre: Vectors
    own: Scores
    missing: Scores
    foreign: Scores

    @property
    def by_default(self) -> bool:
        """Whether the model's default weighs more than the site's content."""
        return len(self.own) < PRIOR


#: The cosine of the entry nearest to a vector, leaving one entry (or none) aside.
Nearest = Callable[["Vectors", int | None], float]


def calibrate(
    samples: Sequence[Sample], language: str, embedder: Embedder, nearest: Nearest
) -> Calibration:
    """Find the threshold for articles in "en" or "zh"; raises `EmbedderFailed`."""
    import numpy as np

    others = reference_vectors(embedder)
    centre = others[language].mean(axis=0)
    measure = Threshold(centre, 0.0).distinct
    own, missing = [], []
    if samples:
        asked = _queries(embedder, [sample.question for sample in samples])
        texts = _embedded(embedder.passages, [simplify(sample.text) for sample in samples])
        for sample, question, text in zip(samples, asked, texts, strict=True):
            own.append(measure(question, float(question @ text)))
            missing.append(measure(question, nearest(question, sample.id)))
    foreign = [measure(q, nearest(q, None)) for vectors in others.values() for q in vectors]
    scores = [np.array(some, dtype=np.float32) for some in (own, missing, foreign)]
    return Calibration(threshold_of(scores[0], embedder.model), centre, *scores)


def threshold_of(own: Scores, model: str) -> float | None:
    """The threshold by the titles' scores and what is known of the model; None by too few."""
    import numpy as np

    default = next((at for name, at in DEFAULTS.items() if name in model), None)
    found = float(np.quantile(own, REFUSED)) if len(own) else 0.0
    if default is None:
        return found if len(own) >= FEWEST else None
    return max(default, (len(own) * found + PRIOR * default) / (len(own) + PRIOR))


_made: dict[str, dict[str, Vectors]] = {}


def reference_vectors(embedder: Embedder) -> dict[str, Vectors]:
    """The vectors of questions about anything, by language ("en", "zh"), the same questions in
    each; made once a process. Raises `EmbedderFailed`."""
    if embedder.model not in _made:
        _made[embedder.model] = {
            code: _queries(embedder, references(code)) for code in ("en", "zh")
        }
    return _made[embedder.model]


def _queries(embedder: Embedder, texts: Sequence[str]) -> Vectors:
    return _embedded(embedder.queries, [simplify(text) for text in texts])


def _embedded(embed: Callable[[Sequence[str]], Vectors], texts: Sequence[str]) -> Vectors:
    import numpy as np

    return np.concatenate(
        [embed(texts[start : start + _AT_ONCE]) for start in range(0, len(texts), _AT_ONCE)]
    )
