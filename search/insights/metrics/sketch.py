"""How many different people, in sums that can be added: the smallest hashes (KMV).

Of each person's random id a 64-bit hash; of a period the 1,024 smallest different ones. Up to
that many the number is exact; above, it is estimated as (k - 1) ÷ the k-th smallest, as a share of
the range, with a standard error of 1 ÷ √(k - 2), about 3.1 % (Bar-Yossef et al. 2002; Beyer et
al. 2007). The sketch of two periods together is the smallest of both.
"""

from __future__ import annotations

import math
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from hashlib import blake2b

K = 1024
_RANGE = float(1 << 64)
#: Standard error, as a share of the number, where it is estimated.
ERROR = 1 / math.sqrt(K - 2)


def hash_of(person: str) -> int:
    """A number from 0 to 2^64 - 1; equal for equal ids."""
    return int.from_bytes(blake2b(person.encode(), digest_size=8).digest(), "big")


def smallest(hashes: Iterable[int]) -> list[int]:
    """The K smallest different ones, in order."""
    distinct = set(hashes)
    return sorted(distinct)[:K]


def pack(hashes: Iterable[int]) -> bytes:
    """The sketch of these hashes; 8 bytes for each that it keeps."""
    kept = array("Q", smallest(hashes))
    if sys.byteorder == "big":
        kept.byteswap()
    return kept.tobytes()


def unpack(sketch: bytes) -> array[int]:
    """The hashes that a sketch keeps."""
    kept = array("Q")
    kept.frombytes(bytes(sketch))
    if sys.byteorder == "big":
        kept.byteswap()
    return kept


def merge(sketches: Iterable[bytes]) -> list[int]:
    """The smallest hashes of all sketches together."""
    kept: list[int] = []
    fresh: set[int] = set()
    for sketch in sketches:
        hashes = unpack(sketch)  # in order: what lies beyond the K kept need not be looked at
        if len(kept) == K:
            hashes = hashes[: bisect_left(hashes, kept[-1])]
        fresh.update(hashes)
        if len(fresh) >= K:
            kept = smallest({*kept, *fresh})
            fresh.clear()
    return smallest({*kept, *fresh})


def count(kept: list[int]) -> int:
    """The number of people that hashes kept by :func:`merge` stand for."""
    if len(kept) < K:
        return len(kept)
    return round((K - 1) * _RANGE / (kept[-1] + 1))


def exact(kept: list[int]) -> bool:
    """Whether :func:`count` counts rather than estimates."""
    return len(kept) < K
