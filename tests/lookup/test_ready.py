"""A web process has opened what its first visitors need."""

from __future__ import annotations

import pytest

from content.audience import Audience
from search.index import generations
from search.lookup import ready, words
from tests import factories as make

from .asking import ask, titles

pytestmark = pytest.mark.django_db


def test_words_of_customers_and_agents_are_gathered_beforehand(index):
    make.article("Otters", body="An otter. 水獭")
    index.drain()
    ready.load()
    ready.open_all()
    engine = generations.current()
    for audience in (Audience.PUBLIC, Audience.AGENTS):
        kept = words._kept[id(engine.vocabulary(audience.level))]
        assert kept.corrector._known_sounds is not None
    assert titles(ask("otetr")) == ["Otters"]


def test_it_leaves_no_search_behind(index):
    from search.journeys.models import Search

    make.article("Otters", body="An otter.")
    index.drain()
    ready.open_all()
    assert not Search.objects.exists()
