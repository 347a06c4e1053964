"""What surrounds entries and goes into their documents, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone
from wagtail.models import Locale, Page

from content.among import Many
from content.audience import Audience
from content.models import Category, Confidence, Entry, Phrasing
from content.models.entries import EntryQuerySet
from search.engine.fields import AGENTS_LEVEL

from .entries import Row


@dataclass(frozen=True, slots=True)
class Around:
    """What surrounds the entries of a batch, by entry id, path or family."""

    locales: Mapping[int, str]
    phrasings: Mapping[int, Sequence[tuple[str, bool]]]
    products: Mapping[int, Sequence[tuple[str, Sequence[str]]]]
    categories: Mapping[str, int]
    family: Mapping[str, Sequence[tuple[int, str, int]]]

    @classmethod
    def of(cls, entries: Sequence[Row]) -> Around:
        """What surrounds these entries now."""
        ids = [entry.pk for entry in entries]
        products: dict[int, list[tuple[str, list[str]]]] = defaultdict(list)
        used = Entry.products.through.objects.filter(entry__among=Many(ids))
        for row in used.order_by("product__slug").select_related("product"):
            products[row.entry_id].append((row.product.slug, row.product.names))
        codes = locales()
        return cls(
            locales=codes,
            phrasings=phrasings(ids),
            products=products,
            categories=_categories(entries),
            family=_family(entries, codes),
        )

    def above(self, entry: Row) -> list[int]:
        """Ids of the categories that an entry lies in, the uppermost first."""
        step = Page.steplen
        paths = (entry.path[:end] for end in range(step, len(entry.path), step))
        return [self.categories[path] for path in paths if path in self.categories]


def indexable() -> EntryQuerySet:
    """The entries that belong in the index: live and not expired."""
    return Entry.objects.filter(live=True).filter(
        Q(expire_at__isnull=True) | Q(expire_at__gt=timezone.now())
    )


def level_of(audience: str, confidence: str) -> int:
    """The lowest reader's level that finds an entry; archived ones are for agents upwards."""
    level = Audience(audience).level
    return max(level, AGENTS_LEVEL) if confidence == Confidence.ARCHIVED else level


def phrasings(ids: Sequence[int]) -> dict[int, list[tuple[str, bool]]]:
    """(text, for agents only) of other phrasings, by entry."""
    found: dict[int, list[tuple[str, bool]]] = defaultdict(list)
    rows = Phrasing.objects.filter(entry__among=Many(ids)).order_by("sort_order", "pk")
    for entry_id, text, narrow in rows.values_list("entry_id", "text", "agents_only"):
        found[entry_id].append((text, narrow))
    return found


def locales() -> dict[int, str]:
    """Language code of each locale, by its id."""
    return dict(Locale.objects.values_list("pk", "language_code"))


def _categories(entries: Sequence[Row]) -> dict[str, int]:
    step = Page.steplen
    paths = {e.path[:end] for e in entries for end in range(step, len(e.path), step)}
    return dict(Category.objects.filter(path__in=paths).values_list("path", "pk"))


def _family(
    entries: Sequence[Row], codes: Mapping[int, str]
) -> dict[str, list[tuple[int, str, int]]]:
    keys = {entry.translation_key for entry in entries}
    family: dict[str, list[tuple[int, str, int]]] = defaultdict(list)
    rows = indexable().filter(translation_key__among=Many(keys))
    for pk, key, locale_id, audience, confidence in rows.values_list(
        "pk", "translation_key", "locale_id", "audience", "confidence"
    ):
        family[str(key)].append((pk, codes[locale_id], level_of(audience, confidence)))
    return family
