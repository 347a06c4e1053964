"""Questions about anything that a site has nothing to say to.

Of a few hundred, the tenth that comes closest to a site is set aside, as it may answer these; and
all of a walk of life of which it so seems to answer most.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from .common import References
from .references import walks

if TYPE_CHECKING:
    from search.meaning.protocol import Vectors

#: The share of all questions that is set aside, and that of a walk of life with which all of it is.
ASIDE, MOST = 0.1, 0.6


def not_answered(
    known: References, language: str, closeness: Callable[[Vectors], float]
) -> Vectors:
    """The vectors, (n, dimensions), of those that are left, as texts in the entries' language.

    ``closeness`` tells how close the best entry comes to a question with a vector.
    """
    written = known.written[language]
    # What a text is nearer to than the question that it is, all texts are.
    asked = written + (known.questions[language] - written[: len(known.foreign[language])].mean(0))
    return written[left([closeness(vector) for vector in asked], walks())]


def left(closeness: Sequence[float], of: Sequence[str]) -> list[int]:
    """The places of those that are not set aside; ``of`` is the walk of life of each."""
    number = round(ASIDE * len(closeness))
    order = sorted(range(len(closeness)), key=lambda place: -closeness[place])
    aside = set(order[:number])
    whole, answered = Counter(of), Counter(of[place] for place in aside)
    taken = {walk for walk, n in answered.items() if n > 1 and n >= MOST * whole[walk]}
    return [place for place, walk in enumerate(of) if place not in aside and walk not in taken]
