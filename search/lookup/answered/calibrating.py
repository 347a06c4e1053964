"""From where on a hit answers by its meaning, for one model and one language of articles.

What counts is the distinct nearness (`nearness`): the cosine without what all questions and all
texts have in common. What is known of the model serves questions in the language of the entries;
where questions about anything else come nearer to a site than that, it is raised to the middle of
both. A question in another language comes less near, the nearer the more a site's entries have in
common: it must reach `ACROSS` of what a title has to the best entry but its own, in the middle of
all titles. Where the site has entries in the question's own language, others answer it only if they
come as near as those must, and nearer than questions about anything else in its language.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from search.lookup.nearness import Threshold, language_of
from search.meaning.protocol import Embedder
from search.text.folding import simplify

from .references import LANGUAGES, questions, texts

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

    from search.meaning.protocol import Vectors

    Scores = NDArray[float32]

#: Of the middle of `Calibration.missing`: the share that answers a question in another language.
ACROSS = 0.74
#: Of questions about anything else, the share that may be answered.
FOREIGN = 0.05
#: The least for questions in the entries' language and in another, by a part of a model's name.
LEAST = {"multilingual-e5-small": (0.3, 0.22)}
#: Fewer titles say nothing.
FEWEST = 30
_AT_ONCE = 32


@dataclass(frozen=True, slots=True)
class Sample:
    """An entry and its title."""

    id: int
    title: str


@dataclass(frozen=True, slots=True)
class Calibration:
    """A threshold and what it was found by: distinct nearness of questions to the best entry.

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
    import numpy as np

    known = _references(embedder)
    common = Threshold(known.questions, known.texts[language], language, 0.0, 0.0)

    def measured(
        vector: Vectors,
        only: tuple[int, ...] | None = None,
        but: tuple[int, ...] = (),
        spoken: str = language,
    ) -> float:
        probe = common.probe(vector, spoken)
        return common.distinct(vector, spoken, nearest(probe, only, but))

    asked = [sample for sample in samples if language_of(sample.title) == language]
    vectors = _embedded(embedder.queries, [sample.title for sample in asked]) if asked else ()
    own = [measured(v, (s.id,)) for s, v in zip(asked, vectors, strict=True)]
    missing = [measured(v, None, (s.id,)) for s, v in zip(asked, vectors, strict=True)]
    foreign = [measured(v) for v in known.foreign[language]]
    scores = [np.array(some, dtype=np.float32) for some in (own, missing, foreign)]
    found = levels(scores[1], scores[2], embedder.model)
    if found is not None and not alone:
        [other] = [code for code in LANGUAGES if code != language]
        elsewhere = [measured(v, spoken=other) for v in known.foreign[other]]
        found = found[0], max(*found, float(np.quantile(elsewhere, 1 - FOREIGN)))
    threshold = None
    if found is not None:
        in_order = sorted(map(float, missing))
        threshold = replace(common, at=found[0], across=found[1], missing=in_order)
    return Calibration(threshold, *scores)


def levels(missing: Scores, foreign: Scores, model: str) -> tuple[float, float] | None:
    """The thresholds for questions in the entries' language and in another; None by too few titles
    of a model of which nothing is known."""
    import numpy as np

    least = next((at for name, at in LEAST.items() if name in model), None)
    if least is None and len(missing) < FEWEST:
        return None
    highest = float(np.quantile(foreign, 1 - FOREIGN)) if len(foreign) else 0.0
    same, across = least or (highest, 0.0)
    if len(missing) >= FEWEST:
        across = max(across, ACROSS * float(np.median(missing)))
    return max(same, (same + highest) / 2), across


@dataclass(frozen=True, slots=True)
class _References:
    """By language: the mean vectors of questions and of texts about anything, and the questions."""

    questions: dict[str, Vectors]
    texts: dict[str, Vectors]
    foreign: dict[str, Vectors]


def reference_vectors(embedder: Embedder) -> dict[str, Vectors]:
    """The vectors of questions about anything, by language ("en", "zh"), the same questions in
    each; made once a process. Raises `EmbedderFailed`."""
    return _references(embedder).foreign


_made: dict[str, _References] = {}


def _references(embedder: Embedder) -> _References:
    """Made once a process: some three hundred short texts."""
    if embedder.model not in _made:
        foreign = {code: _embedded(embedder.queries, questions(code)) for code in LANGUAGES}
        _made[embedder.model] = _References(
            {code: vectors.mean(axis=0) for code, vectors in foreign.items()},
            {c: _embedded(embedder.passages, texts(c)).mean(axis=0) for c in LANGUAGES},
            foreign,
        )
    return _made[embedder.model]


def _embedded(embed: Callable[[Sequence[str]], Vectors], written: Sequence[str]) -> Vectors:
    import numpy as np

    simple = [simplify(text) for text in written]
    return np.concatenate(
        [embed(simple[start : start + _AT_ONCE]) for start in range(0, len(simple), _AT_ONCE)]
    )
