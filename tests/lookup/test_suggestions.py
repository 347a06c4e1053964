"""What is offered while typing, and the most asked questions."""

from __future__ import annotations

import uuid

import pytest

from content.audience import Audience
from search.journeys.models import Event, Search, Vote
from search.lookup import suggestions
from search.lookup.asked import most_asked
from search.lookup.models import PinnedQuestion
from search.lookup.query import Query
from search.lookup.suggestions import suggest
from tests import factories as make


@pytest.fixture(autouse=True)
def _fresh():
    suggestions.forget()


def typed(text, audience=Audience.PUBLIC, locale="en"):
    return suggest(Query(text, audience, locale, channel="suggest")).lines


def searched(text, people=2, **more):
    for number in range(people):
        fields = {"answered": True, "clicks": 1, "locale": "en", "key": text, **more}
        Search.objects.create(query=text, client_id=f"someone-{number}-{text}", **fields)


def test_answers_then_sections_then_searches_of_others(index):
    make.article("Parcels", body="General.\n\n## Lost parcels\n\nA lost parcel is paid for.")
    index.drain()
    searched("lost parcel paid")
    found = typed("lost par")
    assert [s.kind for s in found] == ["answer", "section", "search"]
    assert found[0].text == "Parcels"
    assert "#" not in found[0].url
    assert "#" in found[1].url
    assert found[2].text == "lost parcel paid"
    assert found[2].url == "/en/search/?q=lost+parcel+paid"


@pytest.mark.parametrize(
    "more",
    [
        {"people": 1},
        {"clicks": 0},
        {"answered": False},
        {"audience": "agents"},
        {"kind": "agent"},
        {"kind": "staff"},
        {"kind": "robot"},
        {"locale": "zh-hans"},
        {"settled": False},
    ],
)
def test_searches_of_one_person_of_colleagues_or_without_success_are_not_offered(index, more):
    make.article("Parcels", body="lost parcel paid")
    index.drain()
    searched("lost parcel paid", **more)
    assert [s for s in typed("lost par") if s.kind == "search"] == []


def test_searches_with_words_that_are_not_public_are_not_offered(index):
    make.article("Parcels", body="parcel")
    make.article("Secret", body="zanzibar", audience=Audience.AGENTS)
    index.drain()
    searched("parcel zanzibar")
    searched("parcel of john doe")
    assert [s for s in typed("parcel", Audience.AGENTS) if s.kind == "search"] == []


def clicked(entry, people=1, **more):
    for number in range(people):
        Event.objects.create(
            **{
                "action_name": "click",
                "query_id": uuid.uuid4(),
                "client_id": f"someone-{number}",
                "object_id": entry.pk,
                **more,
            }
        )


def test_the_most_asked_are_those_most_clicked_after_the_editors_pins(index):
    few, many, pinned, voted = (make.faq(t) for t in ("Few?", "Many?", "Pinned?", "Voted?"))
    clicked(few)
    clicked(many, 5)
    clicked(few, 9, kind="staff")
    Vote.objects.create(object_id=voted.pk, helpful=True, client_id="a")
    PinnedQuestion.objects.create(entry=pinned)
    found = most_asked(Audience.PUBLIC, "en", limit=4)
    assert [q.title for q in found] == ["Pinned?", "Many?", "Voted?", "Few?"]
    assert [q.pinned for q in found] == [True, False, False, False]


def test_the_most_asked_show_each_audience_its_own_at_once(index):
    entry = make.faq("Ours?")
    clicked(entry, 3)
    PinnedQuestion.objects.create(entry=entry)
    assert most_asked(Audience.PUBLIC, "en")
    entry.audience = Audience.AGENTS
    entry.save_revision().publish()
    assert most_asked(Audience.PUBLIC, "en") == ()
    assert [q.title for q in most_asked(Audience.AGENTS, "en")] == ["Ours?"]


def test_where_nobody_asked_yet_the_newest_validated_entries_stand_in(index):
    make.faq("Draft?", confidence="wip")
    make.faq("Sure?", confidence="validated")
    chinese = make.category("订单", code="zh-hans")
    make.faq("中文？", parent=chinese, confidence="validated")
    assert [q.title for q in most_asked(Audience.PUBLIC, "en")] == ["Sure?", "Draft?"]
    assert [q.title for q in most_asked(Audience.PUBLIC, "zh-hans", chinese.pk)] == ["中文？"]


def test_the_most_asked_of_a_category_are_its_own(index):
    one, other = make.category("One"), make.category("Other")
    here, there = make.faq("Here?", parent=one), make.faq("There?", parent=other)
    clicked(here)
    clicked(there, 5)
    assert [q.title for q in most_asked(Audience.PUBLIC, "en", one.pk)] == ["Here?"]


def test_searches_of_others_are_offered_in_the_readers_characters(index):
    make.faq("如何开具发票", parent=make.category("账户", code="zh-hans"), lead="发票在订单页面。")
    index.drain()
    searched("开具发票", locale="zh-hant")
    found = [s for s in typed("開具", locale="zh-hant") if s.kind == "search"]
    assert [s.text for s in found] == ["開具發票"]
