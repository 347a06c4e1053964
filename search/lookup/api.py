"""``search``, ``suggest`` and ``articles/{id}`` of the JSON API, for whoever the caller is."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Query as Parameters
from ninja import Router, Schema
from pydantic import Field, StringConstraints

from content.audience import Audience
from content.models import Entry
from content.presenting import crumbs, translations
from content.rendering import plain_text, render_body, render_leads
from search.journeys.limits import Limit
from search.journeys.visitor import journey_of

from .query import LONGEST, MOST, Query
from .results import Hit, Results
from .service import search
from .suggestions import suggest

router = Router(tags=["search"])

_LARGEST_ID = 2**63 - 1
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
    category: int | None = Field(None, ge=1, le=_LARGEST_ID, description="Id of a category.")
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
    """Hits cover the question and are counted in ``total``; ``perhaps`` cover little of it."""

    query_id: str
    answered: bool
    total: int
    rescue: str
    did_you_mean: str
    hits: list[HitOut]
    perhaps: list[HitOut]
    facets: dict[str, list[FacetOut]]


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


@router.get(
    "search",
    response=SearchOut,
    summary="Search",
    url_name="search",
    throttle=Limit("search"),
)
def search_(request: HttpRequest, asked: Parameters[SearchIn]) -> dict:
    """Articles and FAQ entries that answer, best first; the asked language before others."""
    results = search(
        _query(
            request,
            asked,
            category=asked.category,
            kind=asked.kind,
            product=asked.product,
            offset=asked.offset,
            facets=True,
        )
    )
    return _results(results)


@router.get(
    "suggest",
    response=SuggestOut,
    summary="Suggest while typing",
    url_name="suggest",
    throttle=Limit("suggest"),
)
def suggest_(request: HttpRequest, asked: Parameters[SuggestIn]) -> dict:
    """What the question may become, and what answers it already."""
    found = suggest(_query(request, asked))
    return {"suggestions": found}


@router.get(
    "articles/{int:article_id}",
    response=ArticleOut,
    summary="Read",
    url_name="article",
    throttle=Limit("articles"),
)
def article(request: HttpRequest, article_id: int) -> dict:
    """One article or FAQ entry. Not found where the caller may not see it."""
    audience = Audience.of(request.user)
    entry = article_id <= _LARGEST_ID and (
        Entry.objects.visible_to(audience)
        .select_related("locale")
        .prefetch_related("products")
        .filter(pk=article_id)
        .first()
    )
    if not entry:
        raise Http404(_("There is no such article, or it is not for you."))
    body, lead = render_body(entry, audience), render_leads([entry])[entry.pk]
    texts = [plain_text(lead), *(f"{s.heading}\n{s.text}" for s in body.sections)]
    return {
        "id": entry.pk,
        "family": str(entry.translation_key),
        "title": entry.title,
        "url": entry.get_url(request) or "",
        "kind": entry.kind,
        "locale": entry.locale.language_code,
        "audience": entry.audience,
        "confidence": entry.confidence,
        "version": entry.live_revision_id,
        "lead_html": lead,
        "html": body.html,
        "text": "\n\n".join(text.strip() for text in texts if text.strip()),
        "path": [crumb.title for crumb in crumbs(entry, request)],
        "translations": {t.locale: t.url for t in translations(entry, audience, request)},
        "products": [product.slug for product in entry.products.all()],
        "published": entry.first_published_at,
        "updated": entry.last_published_at,
        "verified": entry.verified_at.date() if entry.verified_at else None,
        "verify_by": entry.verify_by,
    }


def _query(request: HttpRequest, asked: SuggestIn, **more: object) -> Query:
    return Query(
        text=asked.q,
        audience=Audience.of(request.user),
        locale=asked.locale,
        limit=asked.limit,
        channel="api" if isinstance(asked, SearchIn) else "suggest",
        journey=journey_of(request),
        **more,  # type: ignore[arg-type]
    )


def _results(results: Results) -> dict:
    return {
        "query_id": results.query_id,
        "answered": results.answered,
        "total": results.total,
        "rescue": results.rescue,
        "did_you_mean": results.did_you_mean,
        "hits": [_hit(hit) for hit in results.hits],
        "perhaps": [_hit(hit) for hit in results.perhaps],
        "facets": results.facets,
    }


def _hit(hit: Hit) -> dict:
    return {
        "id": hit.id,
        "family": hit.family,
        "title": hit.title,
        "url": hit.url,
        "kind": hit.kind,
        "locale": hit.locale,
        "section": hit.section,
        "passage": hit.passage,
        "score": hit.score,
    }
