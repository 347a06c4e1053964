"""``search``, ``suggest`` and ``articles/{id}`` of the JSON API, for whoever the caller is."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query as Parameters
from ninja import Router
from ninja.decorators import decorate_view

from content.audience import Audience
from content.models import Entry
from content.presenting import crumbs, translations
from content.rendering import plain_text, render_body, render_leads
from search.journeys.limits import Limit
from search.journeys.visitor import journey_of

from .bodies import search_answer, suggest_answer
from .parameters import keep, read_once
from .query import Query
from .schemas import LARGEST_ID, ArticleOut, SearchIn, SearchOut, SuggestIn, SuggestOut
from .service import search
from .suggestions import suggest

router = Router(tags=["search"])


@router.get(
    "search",
    response=SearchOut,
    summary="Search",
    url_name="search",
    throttle=Limit("search"),
)
@decorate_view(read_once(SearchIn))
def search_(request: HttpRequest, asked: Parameters[SearchIn]) -> HttpResponse:
    """Articles and FAQ entries that answer, best first; the asked language before others."""
    keep(request, asked)
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
    return search_answer(results)


@router.get(
    "suggest",
    response=SuggestOut,
    summary="Suggest while typing",
    url_name="suggest",
    throttle=Limit("suggest"),
)
@decorate_view(read_once(SuggestIn))
def suggest_(request: HttpRequest, asked: Parameters[SuggestIn]) -> HttpResponse:
    """What the question may become, and what answers it already."""
    keep(request, asked)
    return suggest_answer(suggest(_query(request, asked)))


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
    entry = article_id <= LARGEST_ID and (
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
