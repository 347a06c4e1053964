"""``POST /api/v1/events``: what it takes, from whom, and what it refuses."""

import json

import pytest

from content.audience import Audience
from search.journeys import limits
from search.journeys.models import Event, Search, Vote
from tests import factories

from .making import search

pytestmark = pytest.mark.django_db
URL = "/api/v1/events"


def post(client, payload, **extra):
    return client.post(URL, json.dumps(payload), content_type="application/json", **extra)


def test_a_click_joins_its_search(client) -> None:
    entry = factories.faq()
    query_id = search("refund", answered=True, total=1, hits=((entry.pk, 1),))
    response = post(
        client,
        {
            "action_name": "click",
            "query_id": query_id,
            "object_id": entry.pk,
            "position": {"ordinal": 1, "section": "costs"},
        },
    )
    assert (response.status_code, response.json()) == (202, {"accepted": 1})
    event = Event.objects.get()
    assert (event.object_version, event.position_ordinal, event.section, event.locale) == (
        entry.live_revision_id,
        1,
        "costs",
        "en",
    )
    assert Search.objects.get().clicks == 1


def test_a_beacon_with_plain_text_is_taken(client) -> None:
    entry = factories.faq()
    body = json.dumps({"action_name": "read", "object_id": entry.pk})
    assert client.post(URL, body, content_type="text/plain;charset=UTF-8").status_code == 202


def test_several_votes_with_their_reasons(client) -> None:
    entry = factories.faq()
    no = {"action_name": "vote", "object_id": entry.pk, "helpful": False, "reason": "outdated"}
    assert post(client, [no, {**no, "section": "costs", "comment": "a@b.cn"}]).status_code == 202
    assert set(Vote.objects.values_list("reason", "section", "comment")) == {
        ("outdated", "", ""),
        ("outdated", "costs", "⟨email⟩"),
    }


def test_an_entry_for_agents_does_not_exist_for_the_public(client) -> None:
    entry = factories.faq(audience=Audience.AGENTS)
    response = post(client, {"action_name": "read", "object_id": entry.pk})
    assert response.status_code == 404
    assert response["Content-Type"].startswith("application/problem+json")
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    "payload",
    [
        {"action_name": "steal"},
        {"action_name": "click"},
        {"action_name": "click", "object_id": 1, "query_id": "x"},
        {"action_name": "not_found", "query_id": "'; drop table"},
        "nonsense",
    ],
)
def test_what_makes_no_sense_is_refused(client, payload) -> None:
    response = post(client, payload)
    assert response.status_code in (400, 422)
    assert response["Content-Type"].startswith("application/problem+json")


def test_a_vote_needs_to_say_yes_or_no(client) -> None:
    entry = factories.faq()
    assert post(client, {"action_name": "vote", "object_id": entry.pk}).status_code == 422


def test_crawlers_are_thanked_and_ignored(client) -> None:
    entry = factories.faq()
    agent = "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)"
    response = post(client, {"action_name": "read", "object_id": entry.pk}, HTTP_USER_AGENT=agent)
    assert response.status_code == 202
    assert not Event.objects.exists()


def test_one_client_may_not_flood(client, monkeypatch) -> None:
    monkeypatch.setattr(limits.time, "time", lambda: 1_000_000_020.0)  # no new window meanwhile
    entry = factories.faq()
    read = {"action_name": "read", "object_id": entry.pk}
    codes = [post(client, [read] * 50).status_code for _ in range(13)]
    assert codes[0] == 202
    assert 429 in codes
