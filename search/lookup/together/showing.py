"""What an entry's page says of what its readers asked besides: one query."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from content.audience import Audience
from content.models import Entry
from search.lookup.addresses import address

from .models import AskedTogether


@dataclass(frozen=True, slots=True)
class Together:
    """An entry that answers what others asked besides."""

    id: int
    title: str
    url: str


def asked_together(page: Entry, audience: Audience, limit: int) -> list[Together]:
    """What those who read ``page`` asked besides, the commonest first: in its language, and what
    ``audience`` may see now."""
    pairs = AskedTogether.objects.filter(entry=page.pk, other=OuterRef("pk")).values("people")[:1]
    rows = (
        Entry.objects.visible_to(audience)
        .filter(locale=page.locale_id)
        .exclude(translation_key=page.translation_key)
        .annotate(together=Subquery(pairs))
        .filter(together__isnull=False, pk__in=_others(page))
        .order_by("-together", "pk")
        .values_list("pk", "title", "url_path")[:limit]
    )
    of = address()
    return [Together(pk, title, of(path)) for pk, title, path in rows]


def _others(page: Entry):
    return AskedTogether.objects.filter(entry=page.pk).values("other")
