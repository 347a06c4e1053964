"""What is counted of what people did, by whom, and when it is used."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from content.audience import Audience
from search.journeys.models import Event, Search, Vote
from search.lookup import memory
from search.lookup.models import SignalCount, SignalRun
from search.lookup.signals import observed
from tests import factories as make
from tests.lookup.asking import ask, titles

from .making import clicked_often, counted, searched


@pytest.mark.parametrize(
    "other",
    [
        {"kind": "staff"},
        {"kind": "robot"},
        {"kind": "agent"},
        {"channel": "api"},
        {"channel": "test"},
        {"channel": "contact"},
        {"settled": False},
        {"created": timezone.now() - timedelta(days=100)},
    ],
    ids="staff robot agent api test contact unsettled old".split(),
)
def test_only_what_customers_did_lately_on_lists_counts(shelf, other) -> None:
    clicked_often("zebra", shelf, shelf[5], **other)
    assert not SignalCount.objects.exists()
    assert titles(ask("zebra"))[0] == "Zebra a"


def test_one_person_counts_once_for_a_question(shelf) -> None:
    for _ in range(300):
        searched("zebra", shelf, [shelf[5]], who="eager")
    for _ in range(3):
        searched("zebra", shelf, [shelf[0]])
    counted()
    assert SignalCount.objects.get(object_id=shelf[5].pk).clicks == 1


def test_a_question_of_two_people_is_not_kept(shelf) -> None:
    for who in ("ann", "bob"):
        searched("zebra", shelf, [shelf[5]], who=who)
    assert counted().searches == 2
    assert not SignalCount.objects.exists()


def test_searches_of_signed_in_customers_order_nothing_for_the_public(shelf, index) -> None:
    hidden = make.article("Zebra club", body="zebra stripes", audience=Audience.CUSTOMERS)
    index.drain()
    clicked_often("zebra", [hidden, *shelf], shelf[5], audience="customers")
    assert titles(ask("zebra")) == [entry.title for entry in shelf]
    assert titles(ask("zebra", Audience.CUSTOMERS))[0] == "Zebra f"
    assert titles(ask("zebra", Audience.AGENTS))[0] == "Zebra f"


def test_votes_count_for_the_version_that_is_live(shelf) -> None:
    for number in range(20):
        for entry, helpful in ((shelf[5], True), (shelf[0], False)):
            Vote.objects.create(
                client_id=f"v{number}",
                object_id=entry.pk,
                object_version=entry.live_revision_id,
                helpful=helpful,
            )
    counted()
    assert titles(ask("zebra")) == [f"Zebra {letter}" for letter in "fbcdea"]
    Vote.objects.update(object_version=9999)
    counted()
    assert titles(ask("zebra"))[0] == "Zebra a"


def test_staff_and_crawlers_do_not_vote(shelf) -> None:
    for kind in ("staff", "robot", "agent"):
        for number in range(20):
            Vote.objects.create(
                client_id=f"{kind}{number}",
                kind=kind,
                object_id=shelf[5].pk,
                object_version=shelf[5].live_revision_id,
                helpful=True,
            )
    counted()
    assert not SignalCount.objects.exists()


def test_cases_that_agents_solved_with_an_article_speak_for_it(shelf) -> None:
    for entry, action in ((shelf[3], "used_solved"), (shelf[0], "used_unsolved")):
        for _ in range(20):
            Event.objects.create(
                action_name=action,
                object_id=entry.pk,
                query_id=uuid.uuid4(),
                kind="agent",
                channel="desk",
            )
    counted()
    assert titles(ask("zebra")) == [f"Zebra {letter}" for letter in "dbcefa"]
    Event.objects.update(kind="staff")
    counted()
    assert titles(ask("zebra"))[0] == "Zebra a"


def test_a_search_pays_no_query_for_them(shelf) -> None:
    clicked_often("zebra", shelf, shelf[5])
    ask("zebra")
    for signals in (True, False):
        ask("stripes", signals=signals)
    memory.forget()
    with CaptureQueriesContext(connection) as without:
        ask("stripes", signals=False)
    with CaptureQueriesContext(connection) as with_them:
        ask("zebra")
    assert len(with_them) == len(without)


def test_a_new_count_takes_the_place_of_the_one_before(shelf) -> None:
    broken = SignalRun.objects.create(days=1)
    SignalCount.objects.create(run=broken, object_id=shelf[0].pk, solved=100)
    clicked_often("zebra", shelf, shelf[5])
    rows = SignalCount.objects.count()
    Search.objects.all().delete()
    call_command("collect_signals", days=7)
    assert rows
    assert not SignalCount.objects.exists()
    assert SignalRun.objects.get().days == 7


def test_what_is_counted_while_a_count_is_not_finished_is_not_used(shelf) -> None:
    counted()
    begun = SignalRun.objects.create(days=1)
    SignalCount.objects.create(run=begun, object_id=shelf[5].pk, solved=100)
    observed.forget()
    assert titles(ask("zebra"))[0] == "Zebra a"
