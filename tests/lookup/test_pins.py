"""Pinned entries stand first, in order, and never before a reader who may not see them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from content.audience import Audience
from search.index.tuning.models import Pin, PinnedEntry
from search.lookup import memory
from tests import factories as make

from .asking import ask, titles


def pin(query: str, *entries, **more) -> Pin:
    made = Pin.objects.create(query=query, **more)
    for order, entry in enumerate(entries):
        PinnedEntry.objects.create(pin=made, entry=entry, sort_order=order)
    return made


@pytest.fixture
def shelf(index):
    made = {
        "exact": make.article("Wifi", body="wifi"),
        "far": make.article("Router lights", body="What the lights mean."),
        "near": make.article("Slow connection", body="wifi is slow"),
        "secret": make.article("Line test", body="Call 123.", audience=Audience.AGENTS),
    }
    index.drain()
    return made


def test_what_is_pinned_stands_first_in_its_order_even_before_an_exact_title(shelf) -> None:
    assert titles(ask("wifi"))[0] == "Wifi"
    pin("wifi", shelf["far"], shelf["near"])
    found = ask("wifi", facets=True)
    assert titles(found) == ["Router lights", "Slow connection", "Wifi"]
    assert found.total == 3
    assert sum(f.count for f in found.facets["kind"]) == 3
    assert [titles(ask("wifi", limit=1, offset=n)) for n in range(4)] == [
        ["Router lights"],
        ["Slow connection"],
        ["Wifi"],
        [],
    ]


@pytest.mark.parametrize("audience", list(Audience))
def test_a_pin_shows_nobody_what_he_may_not_see(shelf, audience) -> None:
    pin("wifi", shelf["secret"])
    pin("zebra", shelf["secret"])
    sees = audience.sees(Audience.AGENTS)
    assert ("Line test" in titles(ask("wifi", audience))) is sees
    found = ask("zebra", audience, facets=True, explain=True)
    assert found.answered is sees
    assert found.total == int(sees)
    assert ("Line test" in repr(found)) is sees


def test_an_entry_closed_since_is_not_shown_by_its_pin_while_the_index_is_late(shelf) -> None:
    pin("wifi", shelf["far"])
    entry = shelf["far"]
    entry.audience = Audience.INTERNAL
    entry.save_revision().publish()
    assert "Router lights" not in titles(ask("wifi"))


def test_a_question_with_a_pin_and_nothing_else_is_answered(shelf) -> None:
    assert not ask("zebra").answered
    pin("zebra", shelf["far"])
    found = ask("zebra")
    assert (titles(found), found.answered, found.rescue) == (["Router lights"], True, "")


def test_filters_hold_for_what_is_pinned_too(shelf) -> None:
    pin("wifi", shelf["far"])
    assert titles(ask("wifi", kind="faq")) == []


def test_the_reader_is_shown_the_translation_in_his_language(shelf, index) -> None:
    chinese = make.article(
        "路由器指示灯",
        code="zh-hans",
        body="指示灯的含义。",
        translation_key=shelf["far"].translation_key,
    )
    index.drain()
    pin("wifi", shelf["far"])
    assert titles(ask("wifi", locale="zh-hans"))[0] == chinese.title
    assert "Router lights" not in titles(ask("wifi", locale="zh-hans"))
    assert titles(ask("wifi"))[0] == "Router lights"


def test_of_two_pins_both_are_shown_the_exact_one_first(shelf) -> None:
    pin("wifi", shelf["near"], match=Pin.Match.CONTAINED)
    pin("my wifi", shelf["far"], shelf["near"])
    assert titles(ask("my wifi"))[:2] == ["Router lights", "Slow connection"]
    assert titles(ask("the wifi"))[0] == "Slow connection"


def test_the_explanation_names_the_pin(shelf) -> None:
    made = pin("wifi", shelf["far"])
    scores = ask("wifi", explain=True).explanation["scores"]
    assert [score["pin"] for score in scores][:2] == [made.pk, None]


def test_without_a_pin_for_the_question_nothing_more_is_asked(
    shelf,
) -> None:
    ask("slow")
    memory.forget()
    with CaptureQueriesContext(connection) as plain:
        ask("slow")
    pin("wifi", shelf["far"])
    ask("slow")
    memory.forget()
    with CaptureQueriesContext(connection) as tuned:
        ask("slow")
    assert len(tuned) == len(plain)
