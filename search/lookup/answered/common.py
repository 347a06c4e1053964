"""The vectors of questions about anything and of texts about anything, by one model.

Some nine hundred short texts: made once by each model, and kept in a file of `VAR_DIR`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from search.meaning.kept import kept
from search.meaning.protocol import Embedder
from search.text.folding import simplify

from .references import LANGUAGES, more_questions, questions, texts

if TYPE_CHECKING:
    from search.meaning.protocol import Vectors

_AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class References:
    """By language: the mean vectors of questions and of texts about anything; the questions, as
    somebody asks them; and these and more questions as texts, in the order of `walks`."""

    questions: Mapping[str, Vectors]
    texts: Mapping[str, Vectors]
    foreign: Mapping[str, Vectors]
    written: Mapping[str, Vectors]


_made: dict[str, References] = {}


def references(embedder: Embedder) -> References:
    """Read once a process; raises `EmbedderFailed` where they have to be made and cannot."""
    if embedder.model not in _made:
        foreign = {c: _kept(embedder.queries, embedder, "queries", questions(c)) for c in LANGUAGES}
        answers = {c: _kept(embedder.passages, embedder, "texts", texts(c)) for c in LANGUAGES}
        written = {
            c: _kept(embedder.passages, embedder, "texts", (*questions(c), *more_questions(c)))
            for c in LANGUAGES
        }
        _made[embedder.model] = References(
            {code: vectors.mean(axis=0) for code, vectors in foreign.items()},
            {code: vectors.mean(axis=0) for code, vectors in answers.items()},
            foreign,
            written,
        )
    return _made[embedder.model]


def reference_vectors(embedder: Embedder) -> Mapping[str, Vectors]:
    """The vectors of questions about anything, by language ("en", "zh"), the same questions in
    each. Raises `EmbedderFailed`."""
    return references(embedder).foreign


def embedded(embed: Callable[[Sequence[str]], Vectors], written: Sequence[str]) -> Vectors:
    """The (n, dimensions) vectors of texts in simplified characters, as all texts are read."""
    import numpy as np

    simple = [simplify(text) for text in written]
    batches = (simple[at : at + _AT_ONCE] for at in range(0, len(simple), _AT_ONCE))
    return np.concatenate([embed(batch) for batch in batches])


def _kept(
    embed: Callable[[Sequence[str]], Vectors],
    embedder: Embedder,
    role: str,
    written: Sequence[str],
) -> Vectors:
    folder = Path(settings.VAR_DIR) / "references"
    return kept(embed, f"{embedder.model}\0{role}", [simplify(text) for text in written], folder)
