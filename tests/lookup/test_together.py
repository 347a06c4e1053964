"""What those who read an entry asked besides, under that entry; never what few people asked."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from content.audience import Audience
from content.models import Edition
from search.journeys.models import Event
from search.lookup.addresses import address
from search.lookup.models import AskedTogether
from search.lookup.together.counting import FEWEST, count_together
from search.lookup.together.showing import asked_together
from tests import factories as make


@pytest.fixture
def shelf(index):
    category = make.category("Orders")
    made = {
        "order": make.faq("Where is my order?", parent=category, lead="Look under Orders."),
        "address": make.faq("Change the address", parent=category, lead="Before it is sent."),
        "refund": make.faq("When is my refund paid?", parent=category, lead="In five days."),
        "agents": make.faq("Goodwill for late parcels", parent=category, audience="agents"),
        "customers": make.faq("Bonus points", parent=category, audience="customers"),
    }
    index.drain()
    return made


def opened(entry, person: str, minutes: float = 0, *, action="click", kind="customer") -> None:
    """One event of one person, so many minutes after noon yesterday; clicks are from a search."""
    Event.objects.create(
        action_name=action,
        object_id=entry.pk,
        client_id=person,
        kind=kind,
        query_id=uuid.uuid4() if action == "click" else None,
        created=timezone.now() - timedelta(days=1) + timedelta(minutes=minutes),
    )


def sittings(first, second, people: int, minutes: float = 5, **values) -> None:
    """So many people read the first and then open the second from a search."""
    for number in range(people):
        person = f"{first.pk}-{second.pk}-{number}"
        opened(first, person, action="read", kind=values.get("kind", "customer"))
        opened(second, person, minutes, **values)


def titles(page, audience=Audience.PUBLIC) -> list[str]:
    return [each.title for each in asked_together(page, audience, 5)]


def test_what_others_asked_stands_under_the_entry_commonest_first(shelf, client) -> None:
    sittings(shelf["order"], shelf["refund"], FEWEST)
    sittings(shelf["order"], shelf["address"], FEWEST + 1)
    assert count_together() == 2
    assert titles(shelf["order"]) == ["Change the address", "When is my refund paid?"]
    page = client.get(shelf["order"].get_url()).content.decode()
    part = page[page.index('id="together"') :]
    assert part.index("Change the address") < part.index("When is my refund paid?")
    assert page.count("When is my refund paid?") == 1
    assert 'id="together"' not in client.get(shelf["refund"].get_url()).content.decode()


@pytest.mark.parametrize(
    "unlike",
    [
        {"people": FEWEST - 1},
        {"minutes": 45},
        {"kind": "agent"},
        {"kind": "staff"},
        {"kind": "robot"},
        {"action": "read"},
    ],
)
def test_few_people_other_sittings_and_others_than_customers_say_nothing(shelf, unlike) -> None:
    sittings(shelf["order"], shelf["refund"], **{"people": FEWEST + 3} | unlike)
    assert count_together() == 0
    assert titles(shelf["order"]) == []


def test_one_person_counts_once(shelf) -> None:
    for minute in range(FEWEST * 2):
        opened(shelf["order"], "ann", minute, action="read")
        opened(shelf["refund"], "ann", minute)
    assert count_together() == 0


def test_an_entry_is_shown_to_those_only_who_may_see_it(shelf, client) -> None:
    for hidden in ("agents", "customers"):
        sittings(shelf["order"], shelf[hidden], FEWEST)
    count_together()
    assert titles(shelf["order"]) == []
    assert titles(shelf["order"], Audience.CUSTOMERS) == ["Bonus points"]
    page = client.get(shelf["order"].get_url()).content.decode()
    assert "Goodwill" not in page
    assert "Bonus points" not in page
    shelf["customers"].unpublish()
    assert titles(shelf["order"], Audience.CUSTOMERS) == []


def test_nothing_is_shown_in_another_language_or_of_a_gone_entry(shelf) -> None:
    chinese = make.faq("退款多久到账", parent=make.category("订单", code="zh-hans"))
    sittings(shelf["order"], chinese, FEWEST)
    sittings(shelf["order"], shelf["refund"], FEWEST)
    shelf["refund"].delete()
    count_together()
    assert titles(shelf["order"]) == []


def test_kept_pages_are_made_anew_only_where_something_changed(shelf) -> None:
    sittings(shelf["order"], shelf["refund"], FEWEST)
    before = Edition.current()
    count_together()
    after = Edition.current()
    assert after != before
    rows = set(AskedTogether.objects.values_list("pk", flat=True))
    count_together()
    assert Edition.current() == after
    assert set(AskedTogether.objects.values_list("pk", flat=True)) == rows


def test_it_takes_one_query_for_five_as_for_none(shelf, django_assert_num_queries) -> None:
    address()("/")  # looks up the roots of the site, once a process
    with django_assert_num_queries(1):
        titles(shelf["order"])
    sittings(shelf["order"], shelf["refund"], FEWEST)
    sittings(shelf["order"], shelf["address"], FEWEST)
    count_together()
    with django_assert_num_queries(1):
        assert len(titles(shelf["order"])) == 2
