"""Questions about anything, and answers to them: what they have in common is what all questions and
all texts of a language have in common for a model, and none is the site's.

`foreign.tsv` has a hundred questions from thirteen walks of life, in English and Chinese
(simplified), and answers to forty of them. `elsewhere.tsv` has two hundred more as other help
centres are asked them: a question that comes nearer to one of all these than to anything of the
site's is none of the site's, unless the site answers that one too.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

_FOREIGN, _ELSEWHERE = (Path(__file__).with_name(f"{n}.tsv") for n in ("foreign", "elsewhere"))
LANGUAGES = ("en", "zh")
_QUESTION, _ANSWER = {"en": 1, "zh": 2}, {"en": 3, "zh": 4}


@cache
def questions(language: str) -> tuple[str, ...]:
    """The questions in "en" or "zh"."""
    return tuple(row[_QUESTION[language]] for row in _rows(_FOREIGN))


@cache
def more_questions(language: str) -> tuple[str, ...]:
    """Those that other help centres are asked."""
    return tuple(row[_QUESTION[language]] for row in _rows(_ELSEWHERE))


@cache
def walks() -> tuple[str, ...]:
    """The walk of life of each of `questions` and then of `more_questions`."""
    return tuple(row[0] for row in (*_rows(_FOREIGN), *_rows(_ELSEWHERE)))


@cache
def texts(language: str) -> tuple[str, ...]:
    """The answers in "en" or "zh", each below its question, as an entry's text stands below its
    title."""
    answered = (row for row in _rows(_FOREIGN) if len(row) > _ANSWER[language])
    return tuple(f"{row[_QUESTION[language]]}\n{row[_ANSWER[language]]}" for row in answered)


@cache
def _rows(file: Path) -> tuple[list[str], ...]:
    return tuple(line.split("\t") for line in file.read_text("utf-8").splitlines())
