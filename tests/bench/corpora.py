"""Realistic articles in any number: sections of real help pages, put together anew."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

#: Folder with unpacked Markdown corpora; a folder whose name ends in "_zh" is Chinese.
VARIABLE = "ZHIDA_CORPORA"

_FRONT = re.compile(r"\A---\n.*?\n---\n", re.S)
_HEADING = re.compile(r"^(#{1,4}) +(.+?)\s*#*\s*$", re.M)
_NOISE = re.compile(r"<[^>]{1,200}>|\[!INCLUDE[^\]]*\]\([^)]*\)|!\[[^\]]*\]\([^)]*\)|\{[#:][^}]*\}")


class CorporaMissing(Exception):
    """The corpora are not on this machine; benches that need them are skipped aloud."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the Markdown under it."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class MadeArticle:
    """An article put together of sections of one language."""

    title: str
    locale: str
    sections: tuple[Section, ...]

    @property
    def lead(self) -> str:
        """A line on what it is about."""
        return self.sections[0].text[:120].replace("\n", " ")

    @property
    def blocks(self) -> list[dict[str, str]]:
        """The body, as a stream of blocks."""
        return [
            {"type": "markdown", "value": f"## {section.heading}\n\n{section.text}"}
            for section in self.sections
        ]


def articles(number: int, seed: int = 7) -> Iterator[MadeArticle]:
    """``number`` articles, half of them Chinese, each with a title of its own."""
    pools = {"en": sections(chinese=False), "zh-hans": sections(chinese=True)}
    chance = random.Random(seed)
    titles: set[str] = set()
    for position in range(number):
        locale = "zh-hans" if position % 2 else "en"
        chosen = chance.sample(pools[locale], chance.randint(2, 5))
        title = chosen[0].heading
        while title in titles:
            other = chance.choice(pools[locale]).heading
            title = f"{chosen[0].heading}{'：' if position % 2 else ': '}{other}"[:200]
        titles.add(title)
        yield MadeArticle(title, locale, tuple(chosen))


def folder() -> Path:
    """Where the corpora are; raises `CorporaMissing`."""
    place = Path(os.environ.get(VARIABLE, ""))
    if not os.environ.get(VARIABLE) or not place.is_dir():
        raise CorporaMissing(f"set {VARIABLE} to a folder of unpacked Markdown corpora")
    return place


def sections(chinese: bool) -> list[Section]:
    """All sections of one language that fit into an article, each once."""
    found: dict[str, Section] = {}
    for corpus in sorted(p for p in folder().iterdir() if p.is_dir()):
        if corpus.name.endswith("_zh") is not chinese:
            continue
        for file in sorted(corpus.rglob("*.md")):
            for section in _split(file.read_text("utf-8", errors="replace")):
                found.setdefault(section.text, section)
    if not found:
        raise CorporaMissing(
            f"{VARIABLE} has no Markdown in " + ("Chinese" if chinese else "English")
        )
    return list(found.values())


def _split(markdown: str) -> Iterator[Section]:
    text = _NOISE.sub(" ", _FRONT.sub("", markdown))
    marks = list(_HEADING.finditer(text))
    for mark, following in zip(marks, [*marks[1:], None], strict=False):
        body = text[mark.end() : following.start() if following else len(text)].strip()
        heading = re.sub(r"[`*_\[\]]|\(http[^)]*\)", "", mark[2]).strip()
        if 3 <= len(heading) <= 120 and 80 <= len(body) <= 6000:
            yield Section(heading, body)
