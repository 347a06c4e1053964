"""The texts of an entry that get vectors: the title with what follows it, phrasings, sections."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from search.engine.fields import AGENTS_LEVEL
from search.engine.protocol import PHRASING
from search.text.folding import simplify

#: How much of a text is read: longer ones found less (docs/search.md). A Han character says as
#: much as two and a half Latin ones.
LATIN, HAN = 500, 200

_CHARACTERS = r"\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
#: Runs of Han characters, and of others.
_RUN = re.compile(f"([{_CHARACTERS}]+)|[^{_CHARACTERS}]+")

Section = tuple[str, str, str, int]


@dataclass(frozen=True, slots=True)
class PassageKey:
    """Which part of a document has the vector of the text with this digest, for which readers."""

    part: str
    level: int
    digest: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with the part of the document that it stands for, and the level that may read it."""

    part: str
    level: int
    text: str

    @property
    def digest(self) -> str:
        """SHA-1 (hex) of the text: equal texts have one vector."""
        return hashlib.sha1(self.text.encode(), usedforsecurity=False).hexdigest()

    @property
    def key(self) -> PassageKey:
        """By which its vector is found."""
        return PassageKey(self.part, self.level, self.digest)


def passages(
    title: str,
    level: int,
    phrasings: Iterable[tuple[str, bool]],
    everyone: Sequence[Section],
    fewer: Sequence[Section],
) -> list[Passage]:
    """Passages of an entry of this level; phrasings are (text, for agents only).

    What is for fewer readers stands alone, never with what others read. Texts above agents are
    found by nobody, so they have none. Traditional characters become simplified ones, as in
    questions: models know those better, and either script finds the other.
    """
    text = "\n".join(text for _, _, text, _ in everyone).strip()
    found = [Passage("", level, f"{title}\n{beginning(text.removeprefix(title))}".strip())]
    for text, narrow in phrasings:
        found.append(
            Passage(PHRASING, max(level, AGENTS_LEVEL) if narrow else level, beginning(text))
        )
    found += [
        Passage(anchor, max(level, its_level), beginning(f"{heading}\n{text}"))
        for anchor, heading, text, its_level in (*everyone, *fewer)
        if anchor and (its_level <= AGENTS_LEVEL or its_level <= level)
    ]
    return list(_once(replace(each, text=simplify(each.text)) for each in found if each.text))


def digests(found: Iterable[Passage | PassageKey]) -> list[str]:
    """The digests of some passages, each once."""
    return sorted({passage.digest for passage in found})


def beginning(text: str) -> str:
    """The first `LATIN` characters of a text, or fewer where some are Han (`HAN` of only these)."""
    text = _squeezed(text)
    if len(text) <= HAN:
        return text
    room = float(LATIN)
    for run in _RUN.finditer(text):
        each = LATIN / HAN if run[1] else 1.0
        length = run.end() - run.start()
        if length * each > room:
            return text[: run.start() + int(room / each)].rstrip()
        room -= length * each
    return text


def _squeezed(text: str) -> str:
    """The text with single blanks, as far as its beginning can reach."""
    read = 4 * LATIN
    while read < len(text):
        squeezed = " ".join(text[:read].split())
        if len(squeezed) > LATIN:
            return squeezed
        read *= 4
    return " ".join(text.split())


def _once(found: Iterable[Passage]) -> Iterator[Passage]:
    """A text once a part and level: the first of several phrasings that say the same."""
    seen: set[tuple[str, int, str]] = set()
    for passage in found:
        key = (passage.part, passage.level, passage.text)
        if key not in seen:
            seen.add(key)
            yield passage
