"""To which touchpoint a gap or frequent question belongs: by its own rule, else its category's."""

from __future__ import annotations

from collections.abc import Iterable

from content.models import Category
from search.insights.models import Gap, QuestionGroup
from search.insights.owning.giving import place_of

from .models import Touchpoint, TouchpointRule


class Places:
    """All rules as they are now: two queries."""

    def __init__(self) -> None:
        rules = list(
            TouchpointRule.objects.select_related("touchpoint__department", "category").order_by(
                "pk"
            )
        )
        self._groups = {rule.group_id: rule.touchpoint for rule in rules if rule.group_id}
        keys = {r.category.translation_key: r.touchpoint for r in rules if r.category}
        shelves = Category.objects.filter(translation_key__in=keys)
        paths = [(path, keys[k]) for path, k in shelves.values_list("path", "translation_key")]
        # A deeper category goes before a higher one.
        self._paths = sorted(paths, key=lambda row: -len(row[0]))

    def of_gap(self, gap: Gap, groups: Iterable[QuestionGroup]) -> Touchpoint | None:
        """Where ``gap`` belongs, which comes from these frequent questions too."""
        own = next((self._groups[g.pk] for g in groups if g.pk in self._groups), None)
        return own or (self._of_path(place_of(gap)) if self._paths else None)

    def of_group(self, group: QuestionGroup) -> Touchpoint | None:
        """Where a frequent question belongs: by the entry that covers it, where there is one."""
        if group.pk in self._groups:
            return self._groups[group.pk]
        coverage = getattr(group, "coverage", None)
        return self._of_path(coverage.entry.path) if coverage and coverage.entry else None

    def _of_path(self, path: str) -> Touchpoint | None:
        return next((t for shelf, t in self._paths if path and path.startswith(shelf)), None)
