"""What the rest of the house says to an embedder, and what it hears back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

    #: (dimensions,) or (n, dimensions) of 32-bit floats, each row of length 1.
    Vectors = NDArray[float32]


class Embedder(Protocol):
    """Turns texts into vectors of length 1, whose product is the cosine. Threads may share it."""

    @property
    def model(self) -> str:
        """All that decides what a text's vector is, in at most 200 characters.

        Vectors of two embedders may be compared only where this is equal.
        """
        ...

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has; 0 until an endpoint has said so with its first answer."""
        ...

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Return the (n, dimensions) vectors of what people ask; raises `EmbedderFailed`."""
        ...

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Return the (n, dimensions) vectors of what articles say; raises `EmbedderFailed`."""
        ...


class EmbedderFailed(Exception):
    """The embedder gave no vectors, or none that can be used."""


class EmbedderBusy(EmbedderFailed):
    """Not now: it is out of reach, overloaded, too slow, or spared after failures.

    `after`: seconds for which it asks to be left alone, 0 where it has not said.
    """

    def __init__(self, message: str, after: float = 0.0) -> None:
        super().__init__(message)
        self.after = after


class EmbedderRefused(EmbedderFailed):
    """It will not take these texts, however often it is asked; others may fare better."""
