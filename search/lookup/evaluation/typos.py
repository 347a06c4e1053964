"""One typing error a query, the same for the same seed.

English: a letter left out, put in, replaced by its neighbour on the keyboard, or swapped with the
next, in one word of four letters or more. Chinese: a character replaced by one that sounds the
same or nearly so (as an input method offers), doubled, or left out.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from functools import lru_cache
from typing import cast

import opencc
from pypinyin import lazy_pinyin

from search.text.folding import HAN, simplify

_WORD = re.compile(r"[A-Za-z]{4,}")
_HAN = re.compile(f"[{HAN}]")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_ENGLISH = ("deletion", "insertion", "neighbour", "transposition")
_CHINESE = ("sound", "sound", "doubled", "missing")
#: What many speakers and input methods do not tell apart.
_ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"), ("l", "n"), ("f", "h"))


def mistyped(text: str, seed: int) -> str:
    """``text`` with one error; unchanged where no word is long enough for one."""
    chance = random.Random(f"{seed}\0{text}")  # noqa: S311 nothing secret hangs on it
    han = [match.start() for match in _HAN.finditer(text)]
    words = list(_WORD.finditer(text))
    if len(han) > len(words):
        return _chinese(text, han, chance)
    if not words:
        return text
    word = chance.choice(words)
    return text[: word.start()] + _english(word[0], chance) + text[word.end() :]


def _english(word: str, chance: random.Random) -> str:
    kind = chance.choice(_ENGLISH)
    at = chance.randrange(len(word))
    if kind == "transposition":
        uneven = [i for i in range(len(word) - 1) if word[i].lower() != word[i + 1].lower()]
        if uneven:
            at = chance.choice(uneven)
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        kind = "deletion"
    if kind == "deletion":
        return word[:at] + word[at + 1 :]
    letter = chance.choice(_neighbours()[word[at].lower()])
    letter = letter.upper() if word[at].isupper() else letter
    if kind == "insertion":
        return word[: at + 1] + letter + word[at + 1 :]
    return word[:at] + letter + word[at + 1 :]


@lru_cache(maxsize=1)
def _neighbours() -> dict[str, list[str]]:
    places = {
        c: (row, column + row / 2) for row, r in enumerate(_ROWS) for column, c in enumerate(r)
    }
    return {
        c: [
            other
            for other, (row, column) in places.items()
            if other != c and abs(row - y) <= 1 and abs(column - x) <= 1
        ]
        for c, (y, x) in places.items()
    }


def _chinese(text: str, places: list[int], chance: random.Random) -> str:
    at = chance.choice(places)
    kind = chance.choice(_CHINESE)
    if kind == "sound" and (others := _sounding(simplify(text[at]))):
        other = chance.choice(others)
        if simplify(text) != text:
            other = cast(str, _converter().convert(other))
        return text[:at] + other + text[at + 1 :]
    times = 0 if kind == "missing" else 2
    return text[:at] + text[at] * times + text[at + 1 :]


def _sounding(character: str) -> list[str]:
    """Common characters with the same sound but for its tone, else with a sound like it."""
    sounds = _by_sound()
    own = lazy_pinyin(character)[0]
    same = [other for other in sounds.get(own, ()) if other != character]
    if same:
        return same
    return [other for sound in _like(own) for other in sounds.get(sound, ())]


def _like(sound: str) -> list[str]:
    found = []
    for one, other in _ALIKE:
        for a, b in ((one, other), (other, one)):
            if sound.startswith(a) and a != "ng":
                found.append(b + sound[len(a) :])
            if a in {"ng", "n"} and b in {"ng", "n"} and sound.endswith(a):
                found.append(sound[: -len(a)] + b)
    return found


@lru_cache(maxsize=1)
def _by_sound() -> dict[str, list[str]]:
    """The 3,755 commonest characters (the first level of GB 2312) by their sound."""
    sounds: defaultdict[str, list[str]] = defaultdict(list)
    for row in range(0xB0, 0xD8):
        for cell in range(0xA1, 0xFF):
            character = bytes((row, cell)).decode("gb2312", "ignore")
            if character:
                sounds[lazy_pinyin(character)[0]].append(character)
    return dict(sounds)


@lru_cache(maxsize=1)
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")
