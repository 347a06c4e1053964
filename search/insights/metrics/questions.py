"""What was asked: the most asked questions of a range, in five orders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from heapq import nsmallest

from django.db.models import F, Max, Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content.audience import Audience
from search.lookup.tuning.asked import DAYS
from search.lookup.tuning.asked import Asked as Searched

from .calendar import day_of, start_of
from .models import ASKED_COLUMNS, Asked
from .reading import Scope, few_pieces

#: By which column each list is ordered.
ORDERS = {
    "top": (_("Most asked"), "intents"),
    "failed": (_("No answer"), "no_answer"),
    "rising": (_("Rising"), "rise"),
    "no_click": (_("Without a click"), "no_click"),
    "contacted": (_("Then contacted"), "contacted"),
}
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its sums in the range, its intents in the range before."""

    key: str
    text: str
    locale: str
    sums: dict[str, int]
    before: int


def listed(scope: Scope, order: str, audiences: list[str], number: int = SHOWN) -> list[Question]:
    """The first ``number`` questions in one of :data:`ORDERS`; none where nothing speaks for it."""
    column = ORDERS[order][1]
    if column == "rise":
        shown = _risen(scope, audiences, number)
    else:
        shown = _most(scope, audiences, column, number)
    # All sums are made of those alone that are shown.
    now = Q(start__gte=start_of(scope.first))
    # Under names of their own: a sum that is called as its field is taken for it from then on.
    sums = {f"sum_{name}": Coalesce(Sum(name, filter=now), 0) for name in ASKED_COLUMNS}
    earlier = Coalesce(Sum("intents", filter=~now), 0)
    keys, locales = {key for key, _ in shown}, {locale for _, locale in shown}
    whole = _rows(scope, audiences, before=True).filter(key__in=keys, locale__in=locales)
    found = {
        (row["key"], row["locale"]): row
        for row in whole.values("key", "locale").annotate(**sums, said=Max("text"), earlier=earlier)
    }
    return [
        Question(
            key,
            found[key, locale]["said"],
            locale,
            {name: found[key, locale][f"sum_{name}"] for name in ASKED_COLUMNS},
            found[key, locale]["earlier"],
        )
        for key, locale in shown
    ]


def _most(scope: Scope, audiences: list[str], column: str, number: int) -> list[tuple[str, str]]:
    """(key, locale) of the ``number`` with the most of ``column``."""
    sums = {f"sum_{name}": Sum(name) for name in ("intents", column)}
    rows = _rows(scope, audiences).exclude(key="").values("key", "locale").annotate(**sums)
    rows = rows.filter(**{f"sum_{column}__gt": 0})
    rows = rows.order_by(f"-sum_{column}", "-sum_intents", "key", "locale")
    return list(rows.values_list("key", "locale")[:number])


def _risen(scope: Scope, audiences: list[str], number: int) -> list[tuple[str, str]]:
    """(key, locale) of the ``number`` with the most intents more than in the range before.

    Two sums of a range each: both in one take a database that sorts twice as long.
    """
    now, before = (_intents(each, audiences) for each in (scope, scope.before))
    risen = [
        (before.get(asked, 0) - intents, -intents, *asked)
        for asked, intents in now.items()
        if intents > before.get(asked, 0)
    ]
    return [(key, locale) for *_, key, locale in nsmallest(number, risen)]


def _intents(scope: Scope, audiences: list[str]) -> dict[tuple[str, str], int]:
    rows = _rows(scope, audiences).exclude(key="").values("key", "locale")
    found = rows.annotate(sum_intents=Sum("intents")).values_list("key", "locale", "sum_intents")
    return {(key, locale): intents for key, locale, intents in found.iterator()}


def most_asked(locale: str, audiences: list[str], number: int) -> list[Searched]:
    """What people ask most in a language, by audience, with what of it was in vain: the searches
    of the days that :mod:`search.lookup.tuning.asked` looks back. Customers' and agents' only."""
    today = day_of(timezone.now())
    scope = Scope(today - timedelta(days=DAYS - 1), today, locale=locale)
    rows = Asked.objects.filter(few_pieces(scope), locale=locale, audience__in=audiences)
    found = (
        rows.exclude(key="")
        .filter(kind__in=("customer", "agent"))
        .order_by()
        .values("key", "audience")
        .annotate(said=Max("text"), asked=Sum("intents"), vain=Sum(F("no_answer") + F("no_click")))
        .order_by("-asked", "key", "audience")[:number]
    )
    return [
        Searched(row["said"], locale, Audience(row["audience"]), row["asked"], row["vain"])
        for row in found
    ]


def others(scope: Scope, audiences: list[str]) -> int:
    """The intents of the range whose questions are not kept by themselves."""
    rows = _rows(scope, audiences).filter(key="")
    return rows.aggregate(number=Coalesce(Sum("intents"), 0))["number"]


def _rows(scope: Scope, audiences: list[str], before: bool = False):
    wanted = few_pieces(scope)
    if before:
        wanted |= few_pieces(scope.before)
    rows = Asked.objects.filter(wanted, kind=scope.kind, audience__in=audiences).order_by()
    if scope.locale:
        rows = rows.filter(locale=scope.locale)
    return rows.filter(audience=scope.audience) if scope.audience else rows
