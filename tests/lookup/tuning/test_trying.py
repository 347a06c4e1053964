"""Try a search: two readers side by side, each hit explained, nobody shown too much."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from wagtail.users.models import UserProfile

from content.models import Entry
from search.index.tuning.models import Pin, PinnedEntry
from search.journeys.models import Search
from tests import factories as make
from tests.lookup.asking import ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(index):
    made = {
        "open": make.article("Router lights", body="wifi lights"),
        "secret": make.article("Line test", body="wifi line test", audience="agents"),
        "far": make.article("Opening hours", body="monday"),
    }
    index.drain()
    return made


def tried(client, text: str, a: dict | None = None, b: dict | None = None):
    sides = {"a": {"audience": "public"} | (a or {}), "b": {"audience": "agents"} | (b or {})}
    data = {"q": text}
    for name, side in sides.items():
        values = {"locale": "en", "tuned": "on", "spelling": "on"} | side
        data |= {f"{name}-{key}": value for key, value in values.items() if value}
    return client.get(reverse("tuning:try"), data)


def test_two_readers_side_by_side(client, shelf) -> None:
    client.force_login(make.user(group="Writers"))
    page = tried(client, "wifi")
    one, other = page.context["sides"]
    assert [h.hit.title for h in one.hits] == ["Router lights"]
    assert {h.hit.title for h in other.hits} == {"Router lights", "Line test"}
    assert [h.other for h in other.hits if h.hit.title == "Line test"] == [None]
    assert b"Line test" in page.content
    assert not Search.objects.exists()


def test_it_begins_in_the_language_of_who_tries(client, shelf) -> None:
    user = make.user(group="Writers")
    UserProfile.objects.create(user=user, preferred_language="zh-hans")
    client.force_login(user)
    sides = client.get(reverse("tuning:try")).context["sides"]
    assert [side.form["locale"].value() for side in sides] == ["zh-hans", "zh-hans"]


def test_each_hit_says_how_its_score_came_about(client, shelf) -> None:
    client.force_login(make.user(group="Writers"))
    one = tried(client, "wifi").context["sides"][0]
    (hit,) = one.hits
    assert hit.said["fields"].keys() >= {"words", "grams"}
    assert sum(hit.said["fields"].values()) == pytest.approx(hit.said["score"], rel=0.01)


def test_with_and_without_pins(client, shelf) -> None:
    client.force_login(make.user(group="Writers"))
    pin = Pin.objects.create(query="wifi")
    PinnedEntry.objects.create(pin=pin, entry=shelf["far"])
    public = {"audience": "public"}
    one, other = tried(client, "wifi", b=public | {"tuned": ""}).context["sides"]
    assert [h.hit.title for h in one.hits] == ["Opening hours", "Router lights"]
    assert one.hits[0].pin == pin
    assert [h.hit.title for h in other.hits] == ["Router lights"]
    assert [h.title for h in ask("wifi").hits] == ["Opening hours", "Router lights"]


def test_with_and_without_signals(client, shelf) -> None:
    client.force_login(make.user(group="Writers"))
    Entry.objects.filter(pk=shelf["open"].pk).update(confidence="validated")
    agents = {"audience": "agents"}
    page = tried(client, "wifi", a=agents | {"signals": "on"}, b=agents)
    one, other = page.context["sides"]
    assert one.hits[0].hit.title == "Router lights"
    by_name = {signal.name: signal for signal in one.hits[0].signals}
    assert len(by_name) == 6
    assert (by_name["Confidence"].value, by_name["Confidence"].effect) == ("Validated", "+0.030")
    factors = [[hit.said["factor"] for hit in side.hits] for side in (one, other)]
    assert factors == [[1.03, 1.0], [1.0, 1.0]]
    assert "score by words × 1.03" in page.content.decode()


def test_nobody_tries_as_one_who_sees_more_than_he(client, shelf) -> None:
    user = make.user()
    rights = ("access_admin", "add_synonym", "change_synonym")
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    client.force_login(user)
    page = tried(client, "wifi")
    assert page.status_code == 200
    assert b"Line test" not in page.content
    offered = [value for value, _ in page.context["sides"][1].form.fields["audience"].choices]
    assert offered == ["public", "customers"]


def test_agents_do_not_try(client, shelf) -> None:
    client.force_login(make.user(group="Agents"))
    assert tried(client, "wifi").status_code in (302, 403)


@pytest.mark.parametrize("text", ["", "   ", "?!", "<script>alert(1)</script>", "x" * 600])
def test_any_text_can_be_tried(client, shelf, text: str) -> None:
    client.force_login(make.user(group="Writers"))
    page = tried(client, text)
    assert page.status_code == 200
    assert b"<script>alert(1)" not in page.content
