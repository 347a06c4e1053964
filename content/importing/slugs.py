"""ASCII slugs from file paths and titles."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

_MAX = 80
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")


def ascii_slug(text: str) -> str:
    """Letters, digits and hyphens for ``text``; Han characters by their sound. Never empty."""
    spelled = _HAN.sub(lambda m: f" {_sound(m[0])} ", text)
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode().lower()
    slug = _NOT_SLUG.sub("-", plain).strip("-")
    if not slug or len(slug) > _MAX:
        mark = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
        slug = f"{slug[: _MAX - 9].strip('-') or 'page'}-{mark}"
    return slug


def _sound(han: str) -> str:
    from pypinyin import lazy_pinyin  # its dictionary is large, and few processes import articles

    return " ".join(lazy_pinyin(han))


def from_paths(paths: Iterable[str]) -> dict[str, str]:
    """A slug for each file path: its name, or its whole path where names repeat.

    Depends on the set of paths alone, so that an import that was broken off goes on alike.
    """
    paths = list(paths)
    stems = {p: ascii_slug(_stem(p)) for p in paths}
    often = Counter(stems.values())
    return {
        p: stems[p] if often[stems[p]] == 1 else ascii_slug(str(PurePosixPath(p).with_suffix("")))
        for p in paths
    }


def unique(wanted: Mapping[str, str], taken: set[str]) -> dict[str, str]:
    """Number the slugs that are taken or repeat; ``taken`` is extended."""
    given: dict[str, str] = {}
    for key in sorted(wanted):
        slug, number = wanted[key], 2
        while slug in taken:
            slug, number = f"{wanted[key]}-{number}", number + 1
        taken.add(slug)
        given[key] = slug
    return given


def _stem(path: str) -> str:
    pure = PurePosixPath(path)
    if pure.stem.lower() in ("index", "_index", "readme") and pure.parent.name:
        return pure.parent.name
    return pure.stem
