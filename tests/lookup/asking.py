"""Short ways to ask the service in tests."""

from __future__ import annotations

from typing import Any

from content.audience import Audience
from search.lookup.query import Query
from search.lookup.results import Results
from search.lookup.service import search


def ask(
    text: str, audience: Audience = Audience.PUBLIC, locale: str = "en", **more: Any
) -> Results:
    """Search without being recorded."""
    return search(Query(text, audience, locale, channel="test", **more))


def titles(results: Results) -> list[str]:
    """Titles of the answers, in order."""
    return [hit.title for hit in results.hits]
