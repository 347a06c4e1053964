"""English stems (Snowball)."""

import re
from functools import lru_cache

import Stemmer

_ENGLISH = re.compile(r"[a-z]+(?:'[a-z]+)*\Z")


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return the stem of a folded word; anything but English letters comes back as it is."""
    if len(word) < 3 or not _ENGLISH.match(word):
        return word
    # One stemmer for each call that misses the cache: a shared one is not safe between threads.
    return str(Stemmer.Stemmer("english", 0).stemWord(word))
