"""Names the values by which hits can be narrowed, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import QuerySet
from django.utils import translation

from content.models import Category, Kind, Product
from content.prepared import rows

from .results import FacetCount

Facets = dict[str, tuple[FacetCount, ...]]


def labelled(counts: Mapping[str, Mapping[str, int]], locale: str) -> Facets:
    """Facets "category", "kind" and "product" with labels, the largest counts first."""
    if not counts:
        return {}
    with translation.override(locale):
        kinds = {kind.value: str(kind.label) for kind in Kind}
    return {
        "category": _categories(counts.get("categories", {}), locale),
        "kind": _facet(counts.get("kind", {}), kinds),
        "product": _products(counts.get("product", {}), locale),
    }


def _facet(counts: Mapping[str, int], labels: Mapping[str, str]) -> tuple[FacetCount, ...]:
    named = [FacetCount(v, labels[v], n) for v, n in counts.items() if n and v in labels]
    return tuple(sorted(named, key=lambda each: (-each.count, each.label)))


def _categories(counts: Mapping[str, int], locale: str) -> tuple[FacetCount, ...]:
    """Categories of the reader's language; those of others where there are none."""
    if not counts:
        return ()
    titles: dict[bool, dict[str, str]] = {True: {}, False: {}}
    for pk, title, language in rows(_live, [int(pk) for pk in counts]):
        titles[language == locale][str(pk)] = title
    return _facet(counts, titles[True] or titles[False])


def _live(ids: Iterable[int]) -> QuerySet:
    found = Category.objects.live().filter(pk__in=ids).order_by()
    return found.values_list("pk", "title", "locale__language_code")


def _products(counts: Mapping[str, int], locale: str) -> tuple[FacetCount, ...]:
    if not counts:
        return ()
    products = Product.objects.filter(slug__in=list(counts))
    return _facet(counts, {product.slug: product.named(locale) for product in products})
