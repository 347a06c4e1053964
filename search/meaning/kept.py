"""Vectors of given texts, kept in files: to make them takes a while."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .protocol import Vectors

_AT_ONCE = 16


def kept(
    embed: Callable[[Sequence[str]], Vectors],
    name: str,
    texts: Sequence[str],
    folder: Path,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Vectors:
    """The (n, dimensions) vectors of texts: from the file of ``name`` and these texts, or made.

    Raises what ``embed`` raises.
    """
    import numpy as np

    digest = hashlib.sha1("\0".join([name, *texts]).encode(), usedforsecurity=False).hexdigest()
    path = folder / f"{digest}.npy"
    try:
        return np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        pass  # not there, or not whole
    some = []
    for start in range(0, len(texts), _AT_ONCE):
        some.append(embed(texts[start : start + _AT_ONCE]))
        progress(min(start + _AT_ONCE, len(texts)), len(texts))
    made = np.concatenate(some)
    folder.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{digest}.{os.getpid()}.npy")
    np.save(beside, made)
    beside.replace(path)
    return made
