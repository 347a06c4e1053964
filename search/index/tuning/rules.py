"""What is in force, as values: made once from the rows of a version and shared by all threads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache

from search.text import Analyser, Token, exact_key

#: A question longer than this many replacements is clear enough without more.
MOST_EXPANSIONS = 20


@dataclass(frozen=True, slots=True)
class Expansion:
    """``replacement`` means what stands at [start, end) of the question, says rule ``rule``."""

    original: str
    replacement: str
    start: int
    end: int
    rule: int


@dataclass(frozen=True, slots=True)
class SynonymRule:
    """``words`` are also searched for as ``synonyms``; with ``both_ways`` the reverse too.

    ``locale`` "" means every language. Only readers of ``level`` and above are helped by it.
    """

    id: int
    words: tuple[str, ...]
    synonyms: tuple[str, ...]
    both_ways: bool
    locale: str
    level: int

    def pairs(self) -> Iterator[tuple[str, str]]:
        """(as asked, as searched for besides)."""
        if not self.both_ways:
            yield from ((a, b) for a in self.words for b in self.synonyms)
            return
        everything = dict.fromkeys((*self.words, *self.synonyms))
        yield from ((a, b) for a in everything for b in everything if a != b)


@dataclass(frozen=True, slots=True)
class PinRule:
    """Entries to be put first, in order, where the question is (or contains) ``key``."""

    id: int
    query: str
    key: str
    contained: bool
    locale: str
    level: int
    starts: datetime | None
    ends: datetime | None
    entries: tuple[int, ...]

    def asked(self, key: str, locale: str, level: int) -> bool:
        """Whether a question with this `exact_key` by this reader is meant, at some time."""
        if not self.key or level < self.level or self.locale not in ("", locale):
            return False
        return _contains(key, self.key) if self.contained else key == self.key

    def in_force(self, now: datetime) -> bool:
        """Whether ``now`` lies between its dates; an absent date is no limit."""
        return (not self.starts or self.starts <= now) and (not self.ends or now < self.ends)


@dataclass(frozen=True)
class Tuning:
    """Everything that writers have tuned, as of ``version`` (negative: a proposal being tried)."""

    version: int
    dictionary: frozenset[str] = frozenset()
    synonyms: tuple[SynonymRule, ...] = ()
    pins: tuple[PinRule, ...] = ()

    @property
    def analyser(self) -> Analyser:
        """The site's analyser with the words of this dictionary."""
        return _analyser(self.dictionary)

    def expansions(self, text: str, locale: str, level: int) -> tuple[Expansion, ...]:
        """What a reader of ``level`` who asks ``text`` in ``locale`` may have meant as well.

        Words are compared as the index knows them: in any inflection, width, case or script.
        """
        if not self.synonyms:
            return ()
        tokens = self.analyser.words(text)
        found: dict[tuple[int, int, str], Expansion] = {}
        for start, end, rule, replacement in self._matches(tokens):
            if rule.locale in ("", locale) and rule.level <= level:
                key = (start, end, replacement)
                found.setdefault(key, Expansion(text[start:end], replacement, start, end, rule.id))
        return tuple(sorted(found.values(), key=lambda e: (e.start, -e.end)))[:MOST_EXPANSIONS]

    def pins_for(self, text: str, locale: str, level: int, now: datetime) -> tuple[PinRule, ...]:
        """The pins that this reader's question meets now, the one that goes first at first.

        An exact question goes before a contained one, a longer one before a shorter, an older pin
        before a newer.
        """
        if not self.pins:
            return ()
        key = exact_key(text)
        met = (p for p in self.pins if p.asked(key, locale, level) and p.in_force(now))
        return tuple(sorted(met, key=lambda p: (p.contained, -len(p.key), p.id)))

    def _matches(self, tokens: Sequence[Token]) -> Iterator[tuple[int, int, SynonymRule, str]]:
        at: dict[int, list[Token]] = {}
        for token in tokens:
            at.setdefault(token.start, []).append(token)
        starts = sorted(at)
        for token in tokens:
            for chain, rule, replacement in self._by_first_word.get(token.text, ()):
                end = _follow(chain[1:], token.end, at, starts)
                if end:
                    yield token.start, end, rule, replacement

    @cached_property
    def _by_first_word(self) -> dict[str, list[tuple[tuple[str, ...], SynonymRule, str]]]:
        found: dict[str, list[tuple[tuple[str, ...], SynonymRule, str]]] = {}
        for rule in self.synonyms:
            for word, replacement in rule.pairs():
                if chain := tuple(_outermost(self.analyser.words(word))):
                    found.setdefault(chain[0], []).append((chain, rule, replacement))
        return found


NOTHING = Tuning(0)


@lru_cache(maxsize=4)
def _analyser(dictionary: frozenset[str]) -> Analyser:
    return Analyser(dictionary)


def _follow(
    chain: Sequence[str], end: int, at: dict[int, list[Token]], starts: Sequence[int]
) -> int:
    """Where the words of ``chain`` end that follow one another from ``end`` on; 0: they do not."""
    if not chain:
        return end
    following = next((start for start in starts if start >= end), None)
    if following is None:
        return 0
    for token in at[following]:
        if token.text == chain[0] and (last := _follow(chain[1:], token.end, at, starts)):
            return last
    return 0


def _outermost(tokens: Iterable[Token]) -> Iterator[str]:
    """The words that lie in no other, in reading order."""
    end = 0
    for token in sorted(tokens, key=lambda t: (t.start, -t.end)):
        if token.start >= end:
            yield token.text
            end = token.end


def _contains(key: str, part: str) -> bool:
    """Whether ``part`` stands in ``key``; a Latin word is not met inside another."""
    start = key.find(part)
    while start >= 0:
        end = start + len(part)
        if _apart(key[start - 1 : start], part[0]) and _apart(part[-1], key[end : end + 1]):
            return True
        start = key.find(part, start + 1)
    return False


def _apart(one: str, next_one: str) -> bool:
    """Whether a word may end between two characters: beside Chinese ones it always may."""
    return not (one.isalnum() and next_one.isalnum() and one < "\u2e80" and next_one < "\u2e80")
