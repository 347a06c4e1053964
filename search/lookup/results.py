"""What the service answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from content.audience import Audience
from content.presenting import Crumb

from .query import Query

Marks = tuple[tuple[int, int], ...]

__all__ = ["Crumb", "FacetCount", "Hit", "Marks", "Passage", "Results", "Section"]


@dataclass(frozen=True, slots=True)
class Section:
    """The part of an entry at which a hit opens."""

    anchor: str
    title: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of text; marks are [start, end) places of the question's words in it."""

    text: str
    marks: Marks


@dataclass(frozen=True, slots=True)
class Hit:
    """One entry found. ``coverage`` (0–1) is how much of the question its words cover, ``distinct``
    how near its meaning is (`nearness`), None where that is not known; ``near``: near enough.
    ``answers``: by words or meaning. ``certainty`` (0–1) is the larger of the share covered and the
    confidence by meaning."""

    id: int
    family: str
    title: str
    title_marks: Marks
    url: str
    kind: str
    locale: str
    audience: Audience
    path: tuple[Crumb, ...]
    section: Section | None
    passage: Passage | None
    score: float
    verified: date | None
    updated: datetime | None
    exact: bool
    confidence: str
    coverage: float
    distinct: float | None = None
    near: bool = False
    answers: bool = False
    certainty: float = 0.0


@dataclass(frozen=True, slots=True)
class FacetCount:
    """One value that hits can be narrowed to, in the reader's language, with its hits."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Results:
    """``hits`` go by score and end with the last that answers: ``listed`` on all pages, of which
    ``total`` answer; ``perhaps`` are the next.

    ``rescue`` names the step that helped (`rescue`, `ladder`): "" (none was needed), "synonym",
    "spelling", "script" (pinyin, a homophone), "meaning" (none has the words), "language" (only
    another language answers), "weak" (nothing but ``perhaps``). ``did_you_mean`` is the question as
    it was understood then.
    """

    query: Query
    query_id: str = ""
    answered: bool = False
    total: int = 0
    listed: int = 0
    hits: tuple[Hit, ...] = ()
    perhaps: tuple[Hit, ...] = ()
    rescue: str = ""
    did_you_mean: str = ""
    facets: dict[str, tuple[FacetCount, ...]] = field(default_factory=dict)
    took_ms: float = 0.0
    #: Set where the standby answered: the time of its content.
    as_of: datetime | None = None
    #: There is no index: titles were looked at, in the database.
    titles_only: bool = False
    explanation: dict[str, Any] | None = None
    #: What has been written of it (`memory.written`); copies of a remembered answer share it.
    made: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
