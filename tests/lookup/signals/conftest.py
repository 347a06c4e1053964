"""Articles that nothing but signals tells apart."""

from __future__ import annotations

import pytest

from tests import factories as make
from tests.lookup.asking import ask, titles


@pytest.fixture
def shelf(index):
    """Six articles that a search for “zebra” finds with equal scores, in the order of their ids."""
    made = [make.article(f"Zebra {letter}", body="zebra stripes") for letter in "abcdef"]
    index.drain()
    assert titles(ask("zebra")) == [f"Zebra {letter}" for letter in "abcdef"]
    return made
