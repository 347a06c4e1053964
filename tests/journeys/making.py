"""Records as the search service makes them."""

import uuid
from datetime import UTC, datetime, timedelta

from search.journeys import Journey
from search.journeys.recorder import EventRecord, SearchRecord, record_event, record_search

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def at(seconds: float) -> datetime:
    """So many seconds after noon."""
    return NOON + timedelta(seconds=seconds)


def search(query: str, client: str = "ann-0123456789abcdef", **values) -> str:
    """Record one search; returns its query_id."""
    journey = values.pop("journey", None) or Journey(client, values.pop("who", "customer"))
    query_id = str(uuid.uuid4())
    given = {
        "locale": "en",
        "channel": "site",
        "audience": "public",
        "total": 0,
        "answered": False,
        "hits": (),
    }
    record_search(SearchRecord(query_id=query_id, query=query, journey=journey, **given | values))
    return query_id


def event(action: str, query_id: str = "", client: str = "ann-0123456789abcdef", **values) -> None:
    """Record one action."""
    journey = Journey(client, values.pop("who", "customer"))
    record_event(EventRecord(action=action, query_id=query_id, journey=journey, **values))
