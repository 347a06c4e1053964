"""What tests of alerts share."""

from __future__ import annotations

import pytest

from search.insights.alerts import series


@pytest.fixture(autouse=True)
def _the_hour_does_not_turn(monkeypatch) -> None:
    """Hours are made as so many before the newest one."""
    newest = series.newest()
    monkeypatch.setattr(series, "newest", lambda: newest)
