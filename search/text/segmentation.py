"""Cuts folded text into words: Latin chunks by pattern, Chinese runs by dictionary."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

import rjieba

from .folding import HAN, simplify

_LETTER = f"[^\\W_{HAN}]"
_CHUNK = re.compile(
    f"(?P<latin>{_LETTER}+(?:[_.\\-'’]{{1,2}}{_LETTER}+)*(?:(?<=[A-Za-z])[+#]{{1,2}}(?!\\w))?)"
    f"|(?P<han>[{HAN}]+)"
)
_JOINER = re.compile(r"[_.\-'’]+")
_INSIDE = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[^A-Za-z0-9]+")
_VERSION = re.compile(r"[vV]?(\d+(?:\.\d+)+)\Z")
_POSSESSIVE = re.compile(r"['’][sS]\Z")
_APOSTROPHE = re.compile("['’]")
_SHORTEST_INSIDE = 3
# A "word" longer than this is an identifier or noise; engines refuse very long terms.
LONGEST = 64


class Chunk(NamedTuple):
    """A run of one script in the folded text."""

    text: str
    start: int
    han: bool


def chunks(text: str) -> Iterator[Chunk]:
    """Yield the runs of letters and digits of folded text; what stands between them is dropped."""
    for match in _CHUNK.finditer(text):
        yield Chunk(match[0], match.start(), match.lastgroup == "han")


def runs(text: str) -> list[tuple[str, str]]:
    """Return the same runs, each as (Latin, "") or ("", Han), where places do not matter."""
    return _CHUNK.findall(text)


@lru_cache(maxsize=65536)
def latin_words(chunk: str) -> tuple[tuple[str, int, int], ...]:
    """Return (word, start, end) of a Latin chunk: the joined form, then its parts.

    "Node.js" gives "nodejs", "node", "js"; "v6.4.0" gives "v6.4.0", "6.4.0", "6", "4", "0".
    """
    end = len(chunk)
    possessive = _POSSESSIVE.search(chunk)
    core = chunk[: possessive.start()] if possessive else chunk
    version = _VERSION.match(core)
    if version:
        joined = [(core.casefold(), 0, end)]
        if core[0] in "vV":
            joined.append((version[1], 1, end))
        return (*joined, *_parts(version[1], version.start(1)))
    whole = _JOINER.sub("", core) if not re.search(r"\d\.\d", core) else core
    found = [(whole.casefold()[:LONGEST], 0, end)]
    if not _APOSTROPHE.search(core):
        parts = _parts(core, 0)
        found.extend(part for part in parts if part[0] != found[0][0])
    return tuple(found)


def _parts(core: str, base: int) -> list[tuple[str, int, int]]:
    found: list[tuple[str, int, int]] = []
    place = 0
    for joiner in [*_JOINER.finditer(core), None]:
        stop = joiner.start() if joiner else len(core)
        piece = core[place:stop]
        found.append((piece.casefold()[:LONGEST], base + place, base + stop))
        found.extend(_inside(piece, base + place))
        place = joiner.end() if joiner else stop
    return found if len(found) > 1 else []


def _inside(piece: str, base: int) -> list[tuple[str, int, int]]:
    """Return the words inside camelCase and letters with digits, the short ones left out."""
    if len(piece) > LONGEST or not piece.isascii():
        return []
    inner = list(_INSIDE.finditer(piece))
    if len(inner) < 2:
        return []
    return [
        (part[0].casefold(), base + part.start(), base + part.end())
        for part in inner
        if len(part[0]) >= _SHORTEST_INSIDE or (part[0].isdigit() and len(inner[0][0]) > 2)
    ]


class Segmenter:
    """Chinese words in search mode: every dictionary word inside a long one as well."""

    def __init__(self, dictionary: Iterable[str] = ()) -> None:
        words = sorted({simplify(word.strip()) for word in dictionary} - {""})
        self._jieba = rjieba.Jieba() if words else _shared()
        for word in words:
            self._jieba.add_word(word, None, None)

    def search(self, run: str) -> list[tuple[str, int, int]]:
        """Return (word, start, end) of all words of a Chinese run, in order of their start."""
        if len(run) == 1:
            return [(run, 0, 1)]
        return sorted(self._jieba.tokenize(run, "search"), key=lambda word: (word[1], word[2]))

    def cut(self, run: str) -> list[tuple[str, int, int]]:
        """Return (word, start, end) of the words side by side."""
        return self._jieba.tokenize(run, "default") if len(run) > 1 else [(run, 0, 1)]


@lru_cache(maxsize=1)
def _shared() -> rjieba.Jieba:
    return rjieba.Jieba()
