"""Groups of several languages that ask one thing, by the translations that the site has linked.

Where questions are grouped by words, two groups of different languages are one when the search
answers both, by their names, with the same article in two languages.
"""

from __future__ import annotations

import uuid
from collections import defaultdict

from django.conf import settings

from content.audience import Audience
from search.lookup.query import Query
from search.lookup.service import search

from .models import QuestionGroup

#: Groups that are looked up in one run: those asked most.
MOST = 500


def families() -> dict[uuid.UUID, list[QuestionGroup]]:
    """By family the groups, of at least two languages, that its article answers; largest first."""
    groups = QuestionGroup.objects.filter(merged_into=None, texts_count__gt=0)
    found: dict[str, list[QuestionGroup]] = defaultdict(list)
    for group in groups.order_by("-questions_count", "pk")[:MOST]:
        locale = group.locale or settings.LANGUAGE_CODE
        query = Query(group.name, Audience.PUBLIC, locale, limit=1, channel="test", unhurried=True)
        results = search(query)
        if results.answered and results.hits and results.hits[0].locale == locale:
            found[results.hits[0].family].append(group)
    return {
        uuid.UUID(family): same
        for family, same in found.items()
        if len({_language(group) for group in same}) > 1
    }


def _language(group: QuestionGroup) -> str:
    return group.locale.partition("-")[0]
