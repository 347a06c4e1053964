"""Texts as sparse vectors of their words and n-grams (TF-IDF), hashed: no vocabulary in memory.

Latin words count stemmed, alone and in pairs, beside their n-grams of 3 to 5 characters; writing
without blanks (Chinese, Japanese, Korean, Thai) counts as n-grams of 1 to 3 characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from search.text import normalise
from search.text.stems import stem

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Buckets that words and n-grams are hashed into.
BUCKETS = 1 << 18
#: What an n-gram of a Latin word weighs beside the word.
GRAM_WEIGHT = 0.7
#: Texts turned into rows at a time.
BATCH = 20_000

_SOLID = "\u0e00-\u0e7f\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff"
_PIECE = re.compile(rf"[{_SOLID}]+|[^\W{_SOLID}]+")
_IS_SOLID = re.compile(rf"[{_SOLID}]")
_APOSTROPHE = re.compile("['’]")
_SOLID_GRAMS = (1, 2, 3)
_LATIN_GRAMS = (3, 4, 5)
_PRIME = np.uint64(0x100000001B3)


class Features:
    """Turns texts into rows of unit length; ``weights`` are the idf of the buckets (0: unknown)."""

    def __init__(self, weights: NDArray[np.float32]) -> None:
        self._weights = weights

    @classmethod
    def learn(cls, texts: Sequence[str]) -> Features:
        """Weigh buckets by how few of ``texts`` have them; those of one text alone weigh nothing.

        Smoothed idf: ln((1 + n) / (1 + df)) + 1.
        """
        counts = np.zeros(BUCKETS, np.int64)
        for rows in _counted(texts):
            counts += np.bincount(rows.indices, minlength=BUCKETS)
        weights = np.log((1 + len(texts)) / (1 + counts)) + 1
        weights[counts < 2] = 0
        return cls(weights.astype(np.float32))

    def rows(self, texts: Sequence[str]) -> sparse.csr_array:
        """(n, BUCKETS) rows of length 1; a text without a known word has an empty row."""
        return sparse.vstack(list(self.batches(texts)), format="csr")

    def batches(self, texts: Sequence[str]) -> Iterator[sparse.csr_array]:
        """The same, in batches."""
        for rows in _counted(texts):
            rows.data = (1 + np.log(rows.data)) * self._weights[rows.indices]
            latin = rows.indices % 2 == 1
            rows.data[latin] *= GRAM_WEIGHT
            rows.eliminate_zeros()
            yield _unit(rows)


def is_solid(text: str) -> bool:
    """Whether most of ``text`` is in writing without blanks."""
    return 4 * len(_IS_SOLID.findall(text)) > len(text)


def _unit(rows: sparse.csr_array) -> sparse.csr_array:
    lengths = np.sqrt(np.add.reduceat(np.append(rows.data**2, 0), rows.indptr[:-1]))
    lengths[np.diff(rows.indptr) == 0] = 1
    rows.data /= np.repeat(lengths, np.diff(rows.indptr))
    return rows


def _counted(texts: Sequence[str]) -> Iterator[sparse.csr_array]:
    """Batches of (n, BUCKETS) counts. Odd buckets hold n-grams of Latin words."""
    for start in range(0, len(texts), BATCH):
        batch = texts[start : start + BATCH]
        owners, buckets = _hashed(batch)
        ones = np.ones(len(owners), np.float32)
        rows = sparse.coo_array((ones, (owners, buckets)), shape=(len(batch), BUCKETS)).tocsr()
        rows.sum_duplicates()
        yield rows


def _hashed(texts: Sequence[str]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The row and the bucket of each word and n-gram."""
    word_owners: list[int] = []
    word_buckets: list[int] = []
    solid: list[str] = []
    latin: list[str] = []
    for text in texts:
        words = []
        runs = []
        for piece in _PIECE.findall(_APOSTROPHE.sub("", normalise(text))):
            if _IS_SOLID.match(piece):
                runs.append(piece)
            else:
                words.append(piece)
        solid.append("\n".join(runs))
        latin.append("\n".join(f" {word} " for word in words))
        stems = [stem(word) for word in words]
        word_buckets += [_bucket(word) for word in stems]
        word_buckets += [_bucket(f"{a} {b}") for a, b in pairwise(stems)]
        word_owners += [len(solid) - 1] * (len(word_buckets) - len(word_owners))
    parts = [(np.array(word_owners, np.int32), np.array(word_buckets, np.int32))]
    parts += [_grams(solid, size, odd=False) for size in _SOLID_GRAMS]
    parts += [_grams(latin, size, odd=True) for size in _LATIN_GRAMS]
    return np.concatenate([p[0] for p in parts]), np.concatenate([p[1] for p in parts])


def _grams(
    texts: Sequence[str], size: int, *, odd: bool
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Hashes of all runs of ``size`` characters that cross no line, computed in one sweep."""
    codes = np.frombuffer("\n".join(texts).encode("utf-32-le"), np.uint32).astype(np.uint64)
    owners = np.repeat(np.arange(len(texts), dtype=np.int32), [len(text) + 1 for text in texts])[
        : len(codes)
    ]
    places = len(codes) - size + 1
    if places <= 0:
        return owners[:0], owners[:0]
    hashes = np.full(places, size + 10, np.uint64)
    whole = np.ones(places, bool)
    for offset in range(size):
        part = codes[offset : offset + places]
        hashes = (hashes ^ part) * _PRIME
        whole &= part != 10
    return owners[:places][whole], _fold(hashes[whole], odd=odd)


def _fold(hashes: NDArray[np.uint64], *, odd: bool) -> NDArray[np.int32]:
    mixed = (hashes ^ (hashes >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
    half = (mixed >> np.uint64(40)).astype(np.int64) % (BUCKETS // 2)
    return (2 * half + odd).astype(np.int32)


@lru_cache(maxsize=200_000)
def _bucket(word: str) -> int:
    codes = np.frombuffer(word.encode("utf-32-le"), np.uint32)
    value = 0xCBF29CE484222325
    for code in codes.tolist():
        value = ((value ^ code) * int(_PRIME)) & 0xFFFFFFFFFFFFFFFF
    return int(_fold(np.array([value], np.uint64), odd=False)[0])
