"""What a rule is, and how it is applied."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from .folding import ascii_copy

# A Latin word ends where Chinese begins, so letters are ASCII's.
_FLAGS = re.IGNORECASE | re.ASCII
#: Digits, as cues.
DIGITS = tuple("0123456789")
_DIGIT = re.compile("[0-9]")


@dataclass(frozen=True, slots=True)
class Rule:
    """Takes ``pattern``, as ``written``, out: its group "what" where it has one, else all of it.

    ``confirm`` hears what would be taken out and may keep it; ``measure`` says how many of its
    first characters go. A ``sure`` rule takes even what is otherwise kept; a ``numbered`` one finds
    nothing in a text without a digit. A text
    with none of the ``cues``, in lower case, is not looked through: most texts have none, and to
    find that out costs little.
    """

    placeholder: str
    written: str
    cues: tuple[str, ...] = ()
    confirm: Callable[[str], bool] | None = None
    measure: Callable[[str], int] = len
    sure: bool = False
    numbered: bool = False

    @property
    def pattern(self) -> re.Pattern[str]:
        """Compiled at its first use: all of them take half a second, and most processes none."""
        return _compiled(self.written)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, _FLAGS)


def rules(
    placeholder: str,
    *patterns: str,
    cues: Iterable[str] = (),
    confirm: Callable[[str], bool] | None = None,
    measure: Callable[[str], int] = len,
    sure: bool = False,
    numbered: bool = False,
) -> list[Rule]:
    """One rule for each pattern; letters of either case count, unless it says ``(?-i:…)``."""
    return [
        Rule(placeholder, pattern, tuple(cues), confirm, measure, sure, numbered)
        for pattern in patterns
    ]


class Redactor:
    """All rules, in turn; the groups of ``keep`` are let be, but by the sure ones."""

    def __init__(self, every: Iterable[Rule], keep: re.Pattern[str]) -> None:
        every = list(every)
        numbers = {cues: number for number, cues in enumerate({rule.cues: None for rule in every})}
        self._cues = [_any_of(cues) for cues in numbers]
        # A tuple of many words takes longer to look up than most texts to look through.
        self._rules = [(rule, numbers[rule.cues]) for rule in every]
        self._keep = keep

    def __call__(self, text: str) -> str:
        """``text`` after all rules."""
        plain = ascii_copy(text)
        lower = plain.lower()
        cued: list[bool | None] = [None] * len(self._cues)
        numbered = bool(_DIGIT.search(plain))
        for rule, number in self._rules:
            if rule.numbered and not numbered:
                continue
            if cued[number] is None:
                cued[number] = bool(self._cues[number].search(lower))
            if not cued[number]:
                continue
            places = list(_places(rule, plain))
            if places and not rule.sure:
                kept = [match.span(match.lastindex or 0) for match in self._keep.finditer(plain)]
                places = [p for p in places if not any(a < p[1] and p[0] < b for a, b in kept)]
            if places:
                text = _replaced(text, places, rule.placeholder)
                plain = ascii_copy(text)
                lower = plain.lower()
        return text


def _any_of(cues: tuple[str, ...]) -> re.Pattern[str]:
    """Finds one of the words; without any, anything."""
    return re.compile("[0-9]" if cues == DIGITS else "|".join(map(re.escape, cues)))


def _places(rule: Rule, plain: str) -> Iterator[tuple[int, int]]:
    pattern = rule.pattern
    group = "what" if "what" in pattern.groupindex else 0
    for match in pattern.finditer(plain):
        what = match[group]
        if rule.confirm and not rule.confirm(what):
            continue
        start = match.start(group)
        if length := rule.measure(what):
            yield start, start + length


def _replaced(text: str, places: Iterable[tuple[int, int]], placeholder: str) -> str:
    pieces, end = [], 0
    for start, stop in places:
        pieces += [text[end:start], placeholder]
        end = stop
    return "".join([*pieces, text[end:]])
