"""Questions about anything, and answers to them: what they have in common is what all questions and
all texts of a language have in common for a model, and none is the site's.

`foreign.tsv` has a hundred questions from thirteen walks of life, in English and Chinese
(simplified), and answers to forty of them.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("foreign.tsv")
LANGUAGES = ("en", "zh")
_QUESTION, _ANSWER = {"en": 1, "zh": 2}, {"en": 3, "zh": 4}


@cache
def questions(language: str) -> tuple[str, ...]:
    """The questions in "en" or "zh"."""
    return tuple(row[_QUESTION[language]] for row in _rows())


@cache
def texts(language: str) -> tuple[str, ...]:
    """The answers in "en" or "zh", each below its question, as an entry's text stands below its
    title."""
    answered = (row for row in _rows() if len(row) > _ANSWER[language])
    return tuple(f"{row[_QUESTION[language]]}\n{row[_ANSWER[language]]}" for row in answered)


@cache
def _rows() -> tuple[list[str], ...]:
    return tuple(line.split("\t") for line in _FILE.read_text("utf-8").splitlines())
