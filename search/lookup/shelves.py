"""Categories as shelves: how many entries each holds for one audience."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count
from django.db.models.functions import Substr
from django.http import HttpRequest
from wagtail.models import Page

from content.audience import Audience
from content.models import Category, Entry

from .addresses import path_of


@dataclass(frozen=True, slots=True)
class Shelf:
    """One category in a list; ``count`` is what the reader will find below it."""

    id: int
    title: str
    url: str
    icon: str
    summary: str
    count: int


def shelves_below(parent: Page, audience: Audience, request: HttpRequest) -> tuple[Shelf, ...]:
    """The categories directly below ``parent`` that hold something for ``audience``. Two queries."""
    length = len(parent.path) + Page.steplen
    counts = dict(
        Entry.objects.visible_to(audience)
        .filter(path__startswith=parent.path)
        .annotate(shelf=Substr("path", 1, length))
        .order_by()
        .values_list("shelf")
        .annotate(count=Count("pk"))
    )
    children = Category.objects.live().child_of(parent).filter(path__in=list(counts))
    return tuple(
        Shelf(c.pk, c.title, path_of(c, request), c.icon, c.summary, counts[c.path])
        for c in children.order_by("path")
    )
