"""Gives gaps that nobody owns to whom the rules name; what a person decided is left alone.

A gap comes with what is known of it: the entry that is linked, else diagnosed, else that the
searches or questions came nearest to; and the frequent questions that it comes from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from content.models import Category, Entry
from search.insights import states
from search.insights.answers import nearest
from search.insights.models import UNFINISHED, Gap, QuestionGroup
from search.insights.notices import tell_owner_of

from .models import OwnerRule

#: Gaps of one run; those that concern most people first.
MOST = 500


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule, with the places in the tree of its category and that category's translations."""

    rule: OwnerRule
    paths: tuple[str, ...]

    def fits(self, path: str, groups: Iterable[QuestionGroup]) -> bool:
        """Whether an entry at ``path`` ("": none) and these frequent questions meet it."""
        rule = self.rule
        if rule.category_id and not (path and path.startswith(self.paths)):
            return False
        if rule.group_id and all(group.pk != rule.group_id for group in groups):
            return False
        return not rule.kind or any(group.kind == rule.kind for group in groups)


def give() -> int:
    """Give what is unfinished, known, and nobody's; returns how many found an owner.

    Each owner gets one letter for all of a run.
    """
    rules = [_Rule(rule, _paths(rule)) for rule in _rules()]
    given: dict[Any, list[Gap]] = defaultdict(list)
    for gap in _nobodys():
        owner, rule = _owner(gap, _groups(gap), rules)
        if owner is not None:
            states.assign_by_rule(gap, owner, rule)
            given[owner].append(gap)
    for owner, gaps in given.items():
        tell_owner_of(owner, gaps)
    return sum(map(len, given.values()))


def _rules() -> Iterable[OwnerRule]:
    return OwnerRule.objects.filter(owner__is_active=True).select_related(
        "owner", "category", "group"
    )


def _paths(rule: OwnerRule) -> tuple[str, ...]:
    if rule.category is None:
        return ()
    same = Category.objects.filter(translation_key=rule.category.translation_key)
    return tuple(same.values_list("path", flat=True))


def _nobodys() -> Iterable[Gap]:
    """With a diagnosis, or from a frequent question; else too little is known yet."""
    known = Q(diagnosis__isnull=False) | Q(groups__isnull=False)
    gaps = Gap.objects.filter(known, owner=None, state__in=UNFINISHED, joined_into=None)
    rows = gaps.select_related("entry", "diagnosis__entry").distinct()
    return list(rows.order_by("-people", "pk")[:MOST])


def _groups(gap: Gap) -> list[QuestionGroup]:
    groups = QuestionGroup.objects.filter(Q(gap=gap) | Q(gap__joined_into=gap))
    return list(groups.select_related("owner").order_by("-questions_count", "pk"))


def _owner(
    gap: Gap, groups: list[QuestionGroup], rules: list[_Rule]
) -> tuple[Any, OwnerRule | None]:
    """Whoever was given the frequent question by hand goes before all rules."""
    for group in groups:
        if group.owner is not None and group.owner.is_active:
            return group.owner, None
    path: str | None = None
    for each in rules:
        if each.rule.category_id and path is None:
            path = place_of(gap)
        if each.fits(path or "", groups):
            return each.rule.owner, each.rule
    return None, None


def place_of(gap: Gap) -> str:
    """The path of the entry that is known of it; "" where none is."""
    diagnosis = getattr(gap, "diagnosis", None)
    entry = gap.entry or (diagnosis and diagnosis.entry)
    if entry is not None:
        return entry.path
    near = nearest(gap)
    paths = Entry.objects.filter(pk__in=near).values_list("pk", "path")
    return max(paths, key=lambda row: (near[row[0]], row[1]), default=(0, ""))[1]
