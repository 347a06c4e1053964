"""A change is in force in another, running process at its very next search."""

from __future__ import annotations

import pytest

from search.index.tuning.models import DictionaryWord, Pin, PinnedEntry, Synonym
from tests import factories as make

from .second_process import second_process


@pytest.fixture
def search_engine() -> str:
    """What is in force does not depend on the engine, and the other process knows this one."""
    return "embedded"


def test_synonym_pin_and_word_are_in_force_in_another_process(
    django_db_serialized_rollback, transactional_db, settings, index
) -> None:
    router = make.article("Router lights", body="What they mean.")
    course = make.article("云课堂登录", code="zh-hans", body="云课堂")
    index.drain()
    with second_process(settings) as other:
        assert other("wifi")[:2] == [[], []]
        assert "云课堂" not in other("云课堂", "zh-hans")[2]

        pin = Pin.objects.create(query="wifi")
        PinnedEntry.objects.create(pin=pin, entry=router)
        assert other("wifi")[0] == [router.title]
        pin.delete()
        assert other("wifi")[0] == []

        synonym = Synonym.objects.create(words="wifi", synonyms="lights")
        assert other("wifi")[:2] == [[router.title], ["lights"]]
        synonym.delete()
        assert other("wifi")[:2] == [[], []]

        DictionaryWord.objects.create(word="云课堂")
        assert "云课堂" in other("云课堂", "zh-hans")[2]
        index.drain()
        assert other("云课堂", "zh-hans")[0] == [course.title]
