"""Vectors of given texts, kept in files: to make them takes a while."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

if TYPE_CHECKING:
    from .protocol import Vectors

#: Texts that are embedded and kept together.
_AT_ONCE = 16


def kept(
    embed: Callable[[Sequence[str]], Vectors],
    name: str,
    texts: Sequence[str],
    folder: Path,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Vectors:
    """The (n, dimensions) vectors of texts, each kept by itself under ``name``: whoever is stopped
    goes on where it was, and what is in several lists is made once.

    Raises what ``embed`` raises.
    """
    import numpy as np

    folder /= _digest(name)
    folder.mkdir(parents=True, exist_ok=True)
    keys = [_digest(text) for text in texts]
    found = _read(folder)
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in found}
    total = len(set(keys))
    progress(total - len(missing), total)
    waiting = list(missing.items())
    for start in range(0, len(waiting), _AT_ONCE):
        batch = dict(waiting[start : start + _AT_ONCE])
        made = embed(list(batch.values()))
        found.update(zip(batch, made, strict=True))
        path = folder / f"{_digest(*batch)}.npz"
        beside = path.with_name(f"{path.stem}.{os.getpid()}.part")
        with beside.open("wb") as file:
            np.savez(file, keys=np.array(list(batch)), vectors=made)
        beside.replace(path)
        progress(total - len(missing) + min(start + _AT_ONCE, len(waiting)), total)
    return np.stack([found[key] for key in keys])


def _read(folder: Path) -> dict[str, Vectors]:
    """The vectors in the files of a folder, by their keys; of files that are whole."""
    import numpy as np

    found: dict[str, Vectors] = {}
    for path in folder.glob("*.npz"):
        try:
            with np.load(path, allow_pickle=False) as file:
                found.update(zip(file["keys"].tolist(), file["vectors"], strict=True))
        except (OSError, ValueError, EOFError, KeyError, BadZipFile):
            continue
    return found


def _digest(*texts: str) -> str:
    return hashlib.sha1("\0".join(texts).encode(), usedforsecurity=False).hexdigest()
