"""What the JSON API is asked and answers, as its OpenAPI page shows it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field, StringConstraints

from .query import LONGEST, MOST

LARGEST_ID = 2**63 - 1
Text = Annotated[str, StringConstraints(max_length=LONGEST)]
Locale = Literal["en", "zh-hans", "zh-hant"]


class SuggestIn(Schema):
    """What is being typed."""

    q: Text = Field("", description="The question as far as it is typed.")
    locale: Locale = "en"
    limit: int = Field(5, ge=1, le=MOST)


class SearchIn(SuggestIn):
    """A question, narrowed where wished."""

    q: Text = Field("", description="The question.")
    limit: int = Field(10, ge=1, le=MOST)
    category: int | None = Field(None, ge=1, le=LARGEST_ID, description="Id of a category.")
    kind: Literal["", "faq", "article"] = ""
    product: str = Field("", max_length=100, description="Slug of a product.")
    offset: int = Field(0, ge=0, le=10_000)


class SectionOut(Schema):
    """The part of an article at which a hit opens."""

    anchor: str
    title: str


class PassageOut(Schema):
    """A piece of text; marks are [start, end) places of the question's words in it."""

    text: str
    marks: list[tuple[int, int]]


class HitOut(Schema):
    """One article or FAQ entry found; ``family`` joins its translations."""

    id: int
    family: str
    title: str
    url: str
    kind: str
    locale: str
    section: SectionOut | None
    passage: PassageOut | None
    score: float


class FacetOut(Schema):
    """A value to narrow by, with its number of hits."""

    value: str
    label: str
    count: int


class SearchOut(Schema):
    """Hits end with the last of the ``total`` that cover the question; ``perhaps`` are the next."""

    query_id: str
    answered: bool
    total: int
    rescue: str
    did_you_mean: str
    hits: list[HitOut]
    perhaps: list[HitOut]
    facets: dict[str, list[FacetOut]]
    as_of: datetime | None = Field(
        None, description="Set while the search engine is away: the time of what was searched."
    )


class SuggestionOut(Schema):
    """One line under a search box."""

    text: str
    kind: Literal["answer", "section", "search"]
    url: str
    locale: str = ""
    id: int | None = Field(None, description="The entry, for the record of a click.")
    query_id: str = Field("", description="The search, for the record of a click.")


class SuggestOut(Schema):
    """Answers, then sections, then searches that others succeeded with."""

    suggestions: list[SuggestionOut]


class ArticleOut(Schema):
    """One article: text and HTML as the caller may see them. ``version`` is its revision."""

    id: int
    family: str
    title: str
    url: str
    kind: str
    locale: str
    audience: str
    confidence: str
    version: int | None
    lead_html: str
    html: str
    text: str
    path: list[str]
    translations: dict[str, str] = Field(description="Address by language.")
    products: list[str]
    published: datetime | None
    updated: datetime | None
    verified: date | None
    verify_by: date | None
