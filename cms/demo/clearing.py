"""Removes the demonstration, and nothing that others made."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db import transaction
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import PageLogEntry, ReferenceIndex

from cms.branding import BrandSettings
from cms.new_site import FRONT
from content.models import Category, FrontPage, Product, Snippet
from content.rendering import clear_unused
from search.insights.figures import recount
from search.insights.metrics.calendar import day_of
from search.insights.metrics.counting import count
from search.insights.metrics.due import countable
from search.insights.models import Gap, GapEvidence
from search.insights.relevance.models import JudgedQuery
from search.journeys.models import Contact, Event, JourneySettings, Search, Vote

from . import ADDRESS, CLIENT, conversations, entries
from .alerts import clear_rules
from .departments import clear_departments
from .pages import MEDIA, key_of, load


@dataclass(frozen=True, slots=True)
class Cleared:
    """How much was removed, and the categories that stay because others use them."""

    entries: int
    searches: int
    gaps: int
    kept: list[str]


def clear() -> Cleared:
    """Remove history, gaps, pages, users and the mark; safe to repeat and to break off."""
    gaps, searches = _history()
    pages = _pages()
    kept = _categories()
    with transaction.atomic():
        _shared()
        _front()
        clear_rules()
        clear_departments()
        get_user_model().objects.filter(email__endswith=ADDRESS).delete()
        for settings in JourneySettings.objects.filter(demonstration=True):
            settings.demonstration = False
            settings.save()
    clear_unused()
    return Cleared(pages, searches, gaps, kept)


@transaction.atomic
def _history() -> tuple[int, int]:
    evidence = GapEvidence.objects.filter(client_id__startswith=CLIENT)
    places = evidence.order_by().values_list("gap_id", "own_id").distinct()
    touched = {pk for place in places for pk in place if pk}
    evidence.delete()
    gone = Gap.objects.filter(pk__in=touched, evidence__isnull=True, own_evidence__isnull=True)
    number = gone.count()
    gone.delete()
    recount(set(Gap.objects.filter(pk__in=touched).values_list("pk", flat=True)))
    days = {
        day_of(at)
        for model in (Search, Event, Vote, Contact)
        for at in model.objects.filter(client_id__startswith=CLIENT).values_list(
            "created", flat=True
        )
    }
    days |= {day_of(at) for at in conversations.clear()}
    searches = (
        Search.objects.filter(client_id__startswith=CLIENT).delete()[1].get("journeys.Search", 0)
    )
    for model in (Event, Vote, Contact):
        model.objects.filter(client_id__startswith=CLIENT).delete()
    count(countable(days))
    return number, searches


def _pages() -> int:
    pages = list(entries())
    ids = [page.pk for page in pages]
    for page in pages:
        page.specific.delete()
    _forget(ids)
    proposed = JudgedQuery.objects.exclude(source=JudgedQuery.Source.PERSON)
    proposed.filter(judgements__isnull=True).delete()
    return len(pages)


def _forget(ids: Collection[int]) -> None:
    """What the reports of the admin say about pages that are gone."""
    PageLogEntry.objects.filter(page__in=ids).delete()


def _categories() -> list[str]:
    """Ours that are empty now; those in which others have put pages stay."""
    keys = [key_of("category", row["slug"]) for row in load("categories")]
    for category in Category.objects.filter(translation_key__in=keys).order_by("-depth"):
        fresh = Category.objects.get(pk=category.pk)
        if not fresh.get_children().exists():
            fresh.delete()
            _forget([category.pk])
    left = Category.objects.filter(translation_key__in=keys)
    return sorted(left.values_list("title", flat=True))


def _shared() -> None:
    """Snippets, products and files that nobody else uses."""
    keys = [key_of("snippet", row["name"]) for row in load("snippets")]
    for snippet in Snippet.objects.filter(translation_key__in=keys):
        if not ReferenceIndex.get_references_to(snippet).exists():
            snippet.delete()
    slugs = [row["slug"] for row in load("products")]
    Product.objects.filter(slug__in=slugs, entries__isnull=True).delete()
    digests = [hashlib.sha1(path.read_bytes()).hexdigest() for path in MEDIA.iterdir()]  # noqa: S324
    for model in (get_image_model(), get_document_model()):
        for file in model.objects.filter(file_hash__in=digests):
            if not ReferenceIndex.get_references_to(file).exists():
                file.delete()


def _front() -> None:
    """Titles and name as a new site has them, unless somebody has changed them."""
    site = load("site")
    for front in FrontPage.objects.filter(depth=2).select_related("locale"):
        code = front.locale.language_code
        if front.title == site["title"][code]:
            front.title, front.greeting = FRONT[code]
            front.search_description = ""
            front.save_revision().publish()
    for brand in BrandSettings.objects.filter(name=site["brand"]["en"]):
        brand.name = brand.name_zh_hans = brand.name_zh_hant = ""
        brand.save()
