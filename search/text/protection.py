"""Names that stay as they are: neither stemmed nor divided, and mixed ones in one piece."""

import re
from collections.abc import Iterable, Iterator

from .folding import HAN, fold
from .segmentation import chunks, latin_words

_LETTER = f"(?:(?![{HAN}])[^\\W_])"
_ALL_HAN = re.compile(f"[{HAN}]+\\Z")


def is_chinese(word: str) -> bool:
    """Whether a word consists of Chinese characters alone, and is the segmenter's business."""
    return bool(_ALL_HAN.match(fold(word).text))


class Protected:
    """The names of one dictionary, found in folded text."""

    def __init__(self, dictionary: Iterable[str]) -> None:
        names = [fold(word.strip()).text for word in dictionary if not is_chinese(word.strip())]
        self._single = {_joined(n) for n in names if [c.text for c in chunks(n)] == [n]}
        several = {" ".join(n.split()) for n in names if [c.text for c in chunks(n)] != [n]}
        longest_first = sorted(filter(_joined, several), key=lambda name: (-len(name), name))
        self._several = (
            re.compile("|".join(map(_pattern, longest_first)), re.IGNORECASE)
            if longest_first
            else None
        )

    def whole(self, chunk: str) -> str:
        """The one token of a Latin chunk that is a protected name, else ""."""
        if not self._single:
            return ""
        joined = latin_words(chunk)[0][0]
        return joined if joined in self._single else ""

    def several(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Yield (token, start, end) of names that consist of several chunks."""
        if self._several is not None:
            for match in self._several.finditer(text):
                yield _joined(match[0]), *match.span()


def _joined(name: str) -> str:
    return "".join(c.text if c.han else latin_words(c.text)[0][0] for c in chunks(name))


def _pattern(name: str) -> str:
    """Matches the name with any white space inside it, but not within a longer Latin word."""
    inner = "\\s+".join(map(re.escape, name.split()))
    before = f"(?<!{_LETTER})" if re.match(_LETTER, name[0]) else ""
    after = f"(?!{_LETTER})" if re.match(_LETTER, name[-1]) else ""
    return f"{before}{inner}{after}"
