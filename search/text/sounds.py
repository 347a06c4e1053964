"""Chinese words by their sound: what a wrong character, or pinyin alone, was meant to be."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import product

from .folding import HAN

_HAN = re.compile(f"[{HAN}]+")
#: Words of so many characters are known by their sound.
SHORTEST, LONGEST = 2, 4
#: Letters of one syllable at least and at most, and words in one run of pinyin.
_SHORTEST_TYPED, _MOST_WORDS = 3, 3

Syllables = tuple[str, ...]


class Sounds:
    """The Chinese words of a vocabulary by their syllables, without tones."""

    def __init__(self, words: Iterable[str]) -> None:
        same: defaultdict[Syllables, list[str]] = defaultdict(list)
        typed: defaultdict[str, list[str]] = defaultdict(list)
        for word in words:
            if _HAN.fullmatch(word):
                same[syllables(word)].append(word)
                for letters in {"".join(reading) for reading in product(*map(_readings, word))}:
                    typed[letters].append(word)
        self._same, self._typed = dict(same), dict(typed)

    def like(self, word: str) -> list[str]:
        """The other words that sound the same."""
        return [other for other in self._same.get(syllables(word), ()) if other != word]

    def typed(self, letters: str) -> list[list[str]]:
        """What stands for `letters` as pinyin: for each word in it, the words it may be.

        Empty where the letters are not wholly the pinyin of known words.
        """
        return next((parts for parts in self._split(letters, _MOST_WORDS)), [])

    def _split(self, letters: str, most: int) -> Iterator[list[list[str]]]:
        """Ways to read the letters, those of the fewest and longest words first."""
        if whole := self._typed.get(letters):
            yield [whole]
        if most > 1:
            for end in range(len(letters) - _SHORTEST_TYPED, _SHORTEST_TYPED - 1, -1):
                if first := self._typed.get(letters[:end]):
                    for rest in self._split(letters[end:], most - 1):
                        yield [first, *rest]


def syllables(word: str) -> Syllables:
    """The commonest reading of each character by itself."""
    return tuple(map(_syllable, word))


def _syllable(character: str) -> str:
    return _readings(character)[0]


@lru_cache(maxsize=32768)
def _readings(character: str) -> tuple[str, ...]:
    """The two commonest readings: 重 is zhong in 重要 and chong in 重置."""
    from pypinyin import Style, pinyin

    readings = pinyin(character, style=Style.NORMAL, heteronym=True)[0]
    return tuple(dict.fromkeys(readings))[:2]
