"""One form for what reads the same: width, ligatures, case, traditional and simplified."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

import opencc

HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"

_HAN = re.compile(f"[{HAN}]")
_LOST = re.compile("[\u0000\ud800-\udfff]")
# Marks that change nothing to a reader: soft hyphen, zero-width characters, variation selectors.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
_APOSTROPHE = re.compile("['’]")
# Plus and hash signs name things (C++, C#); a minus stands before a number or not.
_PUNCTUATION = re.compile(r"(?<![\w+#])[+#]+|[^\w\s+#]+|_+")
_BESIDE_HAN = re.compile(f"(?<=[{HAN}])\\s+|\\s+(?=[{HAN}])")
# What composition may change, with the character before it; the rest is copied as it is.
_UNSTABLE = re.compile("[\0-\x7f\u4e00-\u9fff]?[^\0-\x7f\u4e00-\u9fff]+")
_ROUNDS = 4


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text, still in its case, and the place of each of its characters in the original.

    `places` is None where both have the same length, character by character; else it has one
    entry more than `text`, the last being the length of the original.
    """

    text: str
    places: list[int] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the original's [start, end) for a span of the folded text."""
        if self.places is None:
            return start, end
        last = self.places[end - 1] if end > start else self.places[start]
        after = end
        # A character that became several ends where the next one of the original begins.
        while after < len(self.places) - 1 and self.places[after] == last:
            after += 1
        return self.places[start], self.places[after]


def fold(text: str) -> Folded:
    """Return `text` in NFKC and simplified characters, with the way back to the original."""
    if text.isascii():
        return Folded(text.replace("\0", " "), None)
    clean = _LOST.sub("\ufffd", text)
    composed = unicodedata.normalize("NFKC", clean)
    places: list[int] | None = None
    if composed != clean or _INVISIBLE.search(clean):
        composed, places = _compose(clean, composed)
    return Folded(simplify(composed), places)


def simplify(text: str) -> str:
    """Return `text` in simplified characters, with its length kept."""
    if not _HAN.search(text):
        return text
    simple = cast(str, _converter().convert(text))
    return simple if len(simple) == len(text) else "".join(map(_simple_character, text))


@lru_cache(maxsize=1)
def traditional_characters() -> re.Pattern[str]:
    """What finds a character that has another form in simplified writing."""
    characters = [c for c in map(chr, range(0x3400, 0xA000)) if _HAN.match(c)]
    simple = cast(str, _converter().convert("\n".join(characters))).split("\n")
    changed = (c for c, s in zip(characters, simple, strict=True) if c != s)
    return re.compile(f"[{''.join(changed)}]")


def normalise(text: str) -> str:
    """Return the comparable form: NFKC, case folded, simplified, white space squeezed to one blank.

    Applying it again changes nothing.
    """
    if text.isascii():
        return " ".join(text.replace("\0", " ").lower().split())
    for _ in range(_ROUNDS):
        before = text
        text = unicodedata.normalize("NFKC", fold(text).text.casefold())
        if text == before:
            break
    return " ".join(text.split())


def exact_key(text: str) -> str:
    """Return the key by which a query equals a title: normalised, without punctuation, and without
    blanks beside Chinese characters. A text of punctuation alone keeps it."""
    plain = normalise(text)
    key = " ".join(_PUNCTUATION.sub(" ", _APOSTROPHE.sub("", plain)).split())
    return _BESIDE_HAN.sub("", key) or plain


def _compose(clean: str, composed: str) -> tuple[str, list[int] | None]:
    visible = not _INVISIBLE.search(clean)
    if visible and len(clean) == len(composed) and clean.translate(_COMPOSED) == composed:
        return composed, None
    pieces: list[str] = []
    places: list[int] = []
    done = 0
    for run in _UNSTABLE.finditer(clean):
        pieces.append(clean[done : run.start()])
        places.extend(range(done, run.start()))
        for start, cluster in _clusters(run[0]):
            piece = _INVISIBLE.sub("", unicodedata.normalize("NFKC", cluster))
            pieces.append(piece)
            places.extend([run.start() + start] * len(piece))
        done = run.end()
    pieces.append(clean[done:])
    return "".join(pieces), [*places, *range(done, len(clean) + 1)]


def _clusters(text: str) -> list[tuple[int, str]]:
    """Split into the smallest runs that compose independently of what stands before them."""
    clusters: list[tuple[int, str]] = []
    for place, character in enumerate(text):
        if clusters and not character.isascii() and _joins(clusters[-1][1], character):
            start, run = clusters[-1]
            clusters[-1] = (start, run + character)
        else:
            clusters.append((place, character))
    return clusters


@lru_cache(maxsize=4096)
def _joins(run: str, character: str) -> bool:
    whole = unicodedata.normalize("NFKC", run + character)
    parts = unicodedata.normalize("NFKC", run) + unicodedata.normalize("NFKC", character)
    return whole != parts or unicodedata.combining(character) != 0


class _Composed(dict[int, str]):
    def __missing__(self, code: int) -> str:
        self[code] = composed = unicodedata.normalize("NFKC", chr(code))
        return composed


_COMPOSED = _Composed()


@lru_cache(maxsize=1)
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@lru_cache(maxsize=32768)
def _simple_character(character: str) -> str:
    simple = cast(str, _converter().convert(character)) if _HAN.match(character) else character
    return simple if len(simple) == 1 else character
