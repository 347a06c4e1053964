"""Which words of a failed search are worth proposing, and what two wordings differ in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from search.index import tuning
from search.text import Token, exact_key
from search.text.stopwords import STOP

_PLACEHOLDER = re.compile(r"\s*⟨[^⟩]*⟩\s*")
LONGEST = 120
MOST_WORDS = 3


def proposable(text: str) -> str:
    """The words to propose of a search, "" where nothing is left that asks something.

    What redaction put in the place of names and numbers is taken out.
    """
    plain = " ".join(_PLACEHOLDER.sub(" ", text).split())
    if len(plain) > LONGEST or not exact_key(plain):
        return ""
    query = tuning.current().analyser.query(plain)
    return plain if any(word.content for word in query.words) else ""


def difference(one: str, other: str) -> tuple[str, str]:
    """The one run of words in which two wordings differ, as (of ``one``, of ``other``).

    ("", "") where they differ in more, where words came or went, or where a difference is only a
    smaller word ("the", "how").
    """
    first, second = _words(one), _words(other)
    head = _common(first, second)
    tail = _common(first[head:][::-1], second[head:][::-1])
    mine, theirs = first[head : len(first) - tail], second[head : len(second) - tail]
    if not (0 < len(mine) <= MOST_WORDS and 0 < len(theirs) <= MOST_WORDS):
        return "", ""
    if all(t.text in STOP for t in mine) or all(t.text in STOP for t in theirs):
        return "", ""
    return one[mine[0].start : mine[-1].end], other[theirs[0].start : theirs[-1].end]


def _words(text: str) -> list[Token]:
    """The words side by side: those that lie in no other."""
    end, found = 0, []
    for token in sorted(tuning.current().analyser.words(text), key=lambda t: (t.start, -t.end)):
        if token.start >= end:
            found.append(token)
            end = token.end
    return found


def _common(one: Sequence[Token], other: Sequence[Token]) -> int:
    same = 0
    for a, b in zip(one, other, strict=False):
        if a.text != b.text:
            break
        same += 1
    return same
