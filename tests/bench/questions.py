"""Questions of each class that people ask, made of the articles that are there."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

CLASSES = (
    "exact titles",
    "three words",
    "very common words",
    "typing errors",
    "whole questions",
    "prefixes",
)
_COMMON = {
    "en": ["the", "you", "to", "use", "page", "in"],
    "zh": ["数据", "使用", "的", "支持", "参数"],
}
_WORD = re.compile(r"[A-Za-z]{4,}|[\u4e00-\u9fff]{2,4}")


def questions(number: int, seed: int = 3) -> dict[str, list[tuple[str, str, bool]]]:
    """For each class ``number`` triples (text, locale, still typing)."""
    from search.index.models import IndexedDocument

    chance = random.Random(seed)
    ids = list(IndexedDocument.objects.values_list("pk", flat=True))
    picked = chance.sample(ids, min(len(ids), number))
    rows = list(
        IndexedDocument.objects.filter(pk__in=picked).values_list("title", "locale", "sections")
    )
    return about(rows, number, seed)


def about(
    rows: Sequence[tuple[str, str, Sequence]], number: int, seed: int = 3
) -> dict[str, list[tuple[str, str, bool]]]:
    """For each class ``number`` triples, about texts given as (title, locale, sections)."""
    chance = random.Random(seed)
    made: dict[str, list[tuple[str, str, bool]]] = {name: [] for name in CLASSES}
    for position in range(number):
        title, locale, sections = rows[position % len(rows)]
        text = " ".join(section[2] for section in sections[:3])[:3000]
        words = _WORD.findall(text) or _WORD.findall(title) or ["page"]
        three = " ".join(chance.choice(words) for _ in range(3))
        common = _COMMON["zh" if locale.startswith("zh") else "en"]
        made["exact titles"].append((title, locale, False))
        made["three words"].append((three, locale, False))
        made["very common words"].append((" ".join(chance.sample(common, 3)), locale, False))
        made["typing errors"].append((_broken(three, chance), locale, False))
        made["whole questions"].append((_question(title, three, locale), locale, False))
        made["prefixes"].append((three[: chance.randint(3, max(4, len(three)))], locale, True))
    return made


def _broken(text: str, chance: random.Random) -> str:
    place = chance.randrange(max(1, len(text) - 1))
    kind = chance.randrange(3)
    if kind == 0:
        return text[:place] + text[place + 1 :]
    if kind == 1:
        return text[:place] + chance.choice("aeiounrst") + text[place + 1 :]
    return text[:place] + text[place : place + 2][::-1] + text[place + 2 :]


def _question(title: str, three: str, locale: str) -> str:
    if locale.startswith("zh"):
        return f"请问一下，关于{title}，我应该怎么设置{three}才能正常使用呢？"
    return f"Hello, could you please tell me how I can work with {title} when the {three} is wrong?"
