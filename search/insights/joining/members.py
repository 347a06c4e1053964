"""Whose words are in a gap."""

from __future__ import annotations

from search.insights.models import Gap


def members(gap: Gap) -> set[int]:
    """The gaps whose words are in ``gap``, itself among them."""
    return {gap.pk, *Gap.objects.filter(joined_into=gap).values_list("pk", flat=True)}
